package dev.emroperator.finance.operator.reconciler;

import dev.emroperator.finance.operator.status.Transition;
import java.time.Duration;

/**
 * What a step has found or done: the change of status that follows, and what comes next.
 *
 * @param transition null when the status stays as it is
 */
public record Decision(Transition transition, Next next) {

  /** What comes after a step. */
  public sealed interface Next {
    /** The next step, with the status just written. */
    record Proceed() implements Next {}

    /** Another look, after this long at the latest. */
    record LookAgain(Duration after) implements Next {}

    /** Nothing, until the object changes. */
    record Rest() implements Next {}
  }

  public static Decision proceed() {
    return new Decision(null, new Next.Proceed());
  }

  public static Decision proceed(Transition transition) {
    return new Decision(transition, new Next.Proceed());
  }

  public static Decision lookAgain(Duration after) {
    return new Decision(null, new Next.LookAgain(after));
  }

  public static Decision lookAgain(Transition transition, Duration after) {
    return new Decision(transition, new Next.LookAgain(after));
  }

  public static Decision rest() {
    return new Decision(null, new Next.Rest());
  }

  public static Decision rest(Transition transition) {
    return new Decision(transition, new Next.Rest());
  }
}
