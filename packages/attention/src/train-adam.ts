export const trainAdam = undefined as never;
