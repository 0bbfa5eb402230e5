export const runVqsMeasure = async () => 0;
