// Preloaded (`node -r`) before anything newer is parsed, so that an old Node gets a sentence, not a syntax
// error. Keep to syntax that very old versions read. The range is Vite's.
var version = process.versions.node.split('.').map(Number);
var fits =
  (version[0] === 20 && version[1] >= 19) || (version[0] === 22 && version[1] >= 12) || version[0] > 22;
if (!fits) {
  console.error(
    'Switchyard needs Node 20.19 or newer (in the 22 line 22.12 or newer); this is Node ' +
      process.versions.node +
      '.',
  );
  process.exit(1);
}
