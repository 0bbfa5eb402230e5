/** log Σ_a e^(z_a) of the entries begin…begin + answers − 1. */
export function logSumAt(logits: ArrayLike<number>, begin: number, answers: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let a = 0; a < answers; a++) top = Math.max(top, logits[begin + a]);
  let total = 0;
  for (let a = 0; a < answers; a++) total += Math.exp(logits[begin + a] - top);
  return top + Math.log(total);
}

/** What a student is expected to do in given contexts. */
export interface Expected {
  /** Mean cross-entropy, nats per masked site. */
  readonly loss: number;
  /** Probability that the student's first choice is wrong. */
  readonly errorRate: number;
}

/**
 * Expected loss and error rate of a student in given contexts, the answers averaged over the exact conditionals of the
 * teacher: the scatter of the answers themselves is left out.
 *
 * @param truth - logits of the teacher, [contexts, answers].
 * @param student - logits of the student, [contexts, answers].
 */
export function expectedLoss(
  truth: ArrayLike<number>,
  student: ArrayLike<number>,
  answers: number,
): Expected {
  const contexts = truth.length / answers;
  let [loss, right] = [0, 0];
  for (let begin = 0; begin < truth.length; begin += answers) {
    const normTruth = logSumAt(truth, begin, answers);
    const normSaid = logSumAt(student, begin, answers);
    let first = 0;
    for (let a = 0; a < answers; a++) {
      loss += Math.exp(truth[begin + a] - normTruth) * (normSaid - student[begin + a]);
      if (student[begin + a] > student[begin + first]) first = a;
    }
    right += Math.exp(truth[begin + first] - normTruth);
  }
  return { loss: loss / contexts, errorRate: 1 - right / contexts };
}
