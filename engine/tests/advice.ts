/**
 * How a message says what to do: it names the bound that was missed, or asks for something. A message that only states what is
 * wrong leaves a person where they were.
 */
export const ADVICE =
  /\b(must|may have|at most|there are|fields are)\b|\b(ask|choose|copy|fetch|give|hand|leave|load|lower|open|put|raise|take|write)\b/i;
