package dev.emroperator.finance.emulator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What the emulator was asked, in order, whatever the caller says of it. */
public final class Journal {

  /**
   * One request.
   *
   * @param at epoch milliseconds
   * @param invocationId equal over the repetitions of one SDK call; null from other clients
   * @param outcome {@code ok} or the type of the error
   */
  public record Call(long at, String operation, String invocationId, String outcome) {}

  private final Clock clock;
  private final List<Call> calls = new ArrayList<>();

  Journal(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(String operation, String invocationId, String outcome) {
    calls.add(new Call(clock.millis(), operation, invocationId, outcome));
  }

  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }
}
