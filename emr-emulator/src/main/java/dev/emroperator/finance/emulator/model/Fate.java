package dev.emroperator.finance.emulator.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is to go wrong with a cluster: nothing, unless it is told so. Guarded by the account. */
public final class Fate {

  private final Map<String, List<Runnable>> when = new HashMap<>();
  private boolean stuck;
  private boolean hangs;
  private Duration terminating;

  /** From now on it doesn't get up: it stays in STARTING or BOOTSTRAPPING until it is ended. */
  public void stickWhereItIs() {
    stuck = true;
  }

  /** Its steps are never run, and stay RUNNING until they are cancelled. */
  public void hangSteps() {
    hangs = true;
  }

  /** It stays in TERMINATING for so long. */
  public void terminateWithin(Duration time) {
    terminating = time;
  }

  /** Something happens when the cluster is in that state for the first time. */
  public void when(String state, Runnable happens) {
    when.computeIfAbsent(state, s -> new ArrayList<>()).add(happens);
  }

  boolean isStuck() {
    return stuck;
  }

  boolean isHanging() {
    return hangs;
  }

  Duration terminating(Duration otherwise) {
    return terminating == null ? otherwise : terminating;
  }

  List<Runnable> reached(String state) {
    List<Runnable> happens = when.remove(state);
    return happens == null ? List.of() : happens;
  }
}
