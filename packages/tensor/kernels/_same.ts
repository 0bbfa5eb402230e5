/**
 * Whether two operations are the same. An operation is a class used as a type argument: the compiler then drops the
 * other branches before it writes any code, which a constant argument of an inlined function does not achieve.
 */
// @ts-ignore: decorator
@inline export function same<Op, Other>(): bool {
  return idof<Op>() == idof<Other>();
}
