// Chunked passes over long vectors, for the symmetric fit.
export { direction, gram, rescale } from './_limited-memory';
