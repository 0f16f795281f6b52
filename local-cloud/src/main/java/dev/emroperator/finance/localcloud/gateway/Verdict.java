package dev.emroperator.finance.localcloud.gateway;

import java.time.Duration;
import java.util.Map;

/** What becomes of a call, or of its answer. */
public sealed interface Verdict {

  /** It goes on. */
  Verdict PASS = new Pass();

  /** The caller's connection closes without an answer. */
  Verdict DROP = new Drop();

  /** The caller's connection is reset (a TCP RST) without an answer. */
  Verdict RESET = new Reset();

  /** See {@link #PASS}. */
  record Pass() implements Verdict {}

  /** See {@link #DROP}. */
  record Drop() implements Verdict {}

  /** See {@link #RESET}. */
  record Reset() implements Verdict {}

  /** It goes on after a time. */
  record Delay(Duration time) implements Verdict {}

  /** The caller gets this; a call that was not forwarded yet never is. */
  record Answer(int status, Map<String, String> headers, String body) implements Verdict {}

  static Verdict delay(Duration time) {
    return new Delay(time);
  }

  /** An answer in JSON. */
  static Verdict answer(int status, String json) {
    return new Answer(status, Map.of("Content-Type", "application/json"), json);
  }
}
