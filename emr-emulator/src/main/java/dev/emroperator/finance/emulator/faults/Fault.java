package dev.emroperator.finance.emulator.faults;

import java.util.List;
import java.util.Objects;

/**
 * One way to misbehave.
 *
 * @param operation EMR's name of the operation, or {@code *} for all
 * @param effect what goes wrong
 * @param call the first call that it hits, counted from 1 since the fault was set. Default: 1
 * @param times how many calls in a row it hits. Default: 1
 * @param chance share of these calls that it really hits, 0 to 1, drawn with a fixed seed. Default:
 *     1
 * @param millis of a delay, of invisibility, or until it befalls the cluster. Default: 0
 * @param replacedAfter milliseconds until a reclaimed spot instance is replaced. Default: 1000
 * @param code of the end of a cluster, as in {@code INTERNAL_ERROR}
 * @param message of the end of a cluster
 * @param holding text that a call's request has to hold, as a part of a cluster's name, to be hit
 *     or counted. Default: any
 */
public record Fault(
    String operation,
    Effect effect,
    Integer call,
    Integer times,
    Double chance,
    Long millis,
    Long replacedAfter,
    String code,
    String message,
    String holding) {

  public Fault {
    if (operation == null || effect == null) {
      throw new IllegalArgumentException("a fault needs an operation and an effect");
    }
    if (effect.isOfNewCluster() && !operation.equals("RunJobFlow")) {
      throw new IllegalArgumentException(effect.word() + " is a fault of RunJobFlow alone");
    }
    call = Objects.requireNonNullElse(call, 1);
    times = Objects.requireNonNullElse(times, 1);
    chance = Objects.requireNonNullElse(chance, 1.0);
    millis = Objects.requireNonNullElse(millis, 0L);
    replacedAfter = Objects.requireNonNullElse(replacedAfter, 1000L);
    code = Objects.requireNonNullElse(code, "INTERNAL_ERROR");
    message = Objects.requireNonNullElse(message, "EC2 is out of capacity for m6i.xlarge");
    holding = Objects.requireNonNullElse(holding, "");
  }

  boolean meets(String name, String request) {
    return List.of("*", name).contains(operation) && request.contains(holding);
  }
}
