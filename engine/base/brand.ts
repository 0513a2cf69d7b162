/** A nominal type: `Brand<number, 'TxIndex'>` is a number that no other number is mistaken for. */
export type Brand<T, Name extends string> = T & { readonly __brand?: Name };
