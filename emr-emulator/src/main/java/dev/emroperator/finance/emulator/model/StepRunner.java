package dev.emroperator.finance.emulator.model;

import java.util.function.Consumer;

/** Runs what a step asks for. */
public interface StepRunner {

  /** Starts the step; {@code ended} hears exactly once, from another thread. */
  Running start(Cluster cluster, Step step, Consumer<Result> ended);

  /** A step that runs. */
  interface Running {
    /** Ends it and everything that it has started. */
    void cancel();
  }

  /**
   * How it ended.
   *
   * @param failure null for success, which is exit code 0
   */
  record Result(Step.Failure failure) {}
}
