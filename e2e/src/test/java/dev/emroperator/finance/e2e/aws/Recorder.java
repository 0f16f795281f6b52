package dev.emroperator.finance.e2e.aws;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Target;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what an operator asks of AWS, and lets all of it pass but for logs, which EMR writes so
 * late that none is there.
 */
final class Recorder implements Interceptor {

  private static final int ABSENT = 404;

  private final List<AwsCalls.Answered> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch log = new CountDownLatch(1);

  @Override
  public Verdict before(Call call) {
    if (call.target() != Target.S3 || !call.path().startsWith("/emr-logs/")) {
      return Verdict.PASS;
    }
    calls.add(new AwsCalls.Answered(call, ABSENT));
    log.countDown();
    return new Verdict.Answer(ABSENT, Map.of(), "");
  }

  @Override
  public Verdict after(Call call, int status) {
    if (call.target() != Target.KUBERNETES) {
      calls.add(new AwsCalls.Answered(call, status));
    }
    return Verdict.PASS;
  }

  /** Whether a log was asked for within a minute. */
  boolean awaitLog() throws InterruptedException {
    return log.await(1, TimeUnit.MINUTES);
  }

  List<AwsCalls.Answered> calls() {
    return List.copyOf(calls);
  }
}
