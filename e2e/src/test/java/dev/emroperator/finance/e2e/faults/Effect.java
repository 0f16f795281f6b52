package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.gateway.Target;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What befalls one call on its way. */
enum Effect {
  DROPPED_BEFORE(Target.values()),
  DROPPED_AFTER(Target.values()),
  RESET_AFTER(Target.values()),
  SLOW(Target.values()),
  THROTTLED(Target.EMR, Target.KUBERNETES),
  ERROR_500(Target.values()),
  ERROR_503(Target.EMR, Target.S3),
  DENIED(Target.EMR, Target.S3),
  CONFLICT(Target.KUBERNETES),
  /** Almost as late as the client waits; too long to befall every call. */
  ANSWERED_AFTER_80_S,
  /** Later than all else, and still before it is settled by the times of a scaled lane. */
  EXECUTED_AFTER_2_S;

  private static final Duration SLOWLY = Duration.ofSeconds(4);

  private final List<Target> targets;

  Effect(Target... targets) {
    this.targets = List.of(targets);
  }

  boolean befalls(Target target) {
    return targets.contains(target);
  }

  Verdict before(Target target) {
    return switch (this) {
      case DROPPED_BEFORE -> Verdict.DROP;
      case THROTTLED ->
          target == Target.EMR
              ? emr(400, "ThrottlingException", "Rate exceeded")
              : kubernetes(429, "TooManyRequests");
      case ERROR_500 -> error(target, 500, "InternalError");
      case ERROR_503 -> error(target, 503, "ServiceUnavailable");
      case DENIED -> error(target, target == Target.EMR ? 400 : 403, "AccessDenied");
      case CONFLICT -> kubernetes(409, "Conflict");
      case EXECUTED_AFTER_2_S -> Verdict.delay(Pace.SCALED.late());
      default -> Verdict.PASS;
    };
  }

  Verdict after() {
    return switch (this) {
      case DROPPED_AFTER -> Verdict.DROP;
      case RESET_AFTER -> Verdict.RESET;
      case SLOW -> Verdict.delay(SLOWLY);
      case ANSWERED_AFTER_80_S -> Verdict.delay(Duration.ofSeconds(80));
      default -> Verdict.PASS;
    };
  }

  private static Verdict error(Target target, int status, String code) {
    return switch (target) {
      case EMR -> emr(status, code + "Exception", "told to fail");
      case KUBERNETES -> kubernetes(status, code);
      case S3 ->
          new Verdict.Answer(
              status,
              Map.of("Content-Type", "application/xml"),
              "<Error><Code>" + code + "</Code><Message>told to fail</Message></Error>");
    };
  }

  private static Verdict emr(int status, String type, String message) {
    return Verdict.answer(
        status, "{\"__type\": \"%s\", \"message\": \"%s\"}".formatted(type, message));
  }

  private static Verdict kubernetes(int status, String reason) {
    return Verdict.answer(
        status,
        ("{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\","
                + " \"reason\": \"%s\", \"message\": \"told to fail\", \"code\": %d}")
            .formatted(reason, status));
  }
}
