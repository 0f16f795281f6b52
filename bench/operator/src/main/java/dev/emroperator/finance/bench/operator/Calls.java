package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Target;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the operator asked of S3 and EMR, seen by the gateway that it passes. */
final class Calls implements Interceptor {

  /**
   * One request of S3.
   *
   * @param at epoch milliseconds
   */
  record Request(long at, String method, String path) {}

  private final Queue<Request> s3 = new ConcurrentLinkedQueue<>();
  private volatile String runJobFlow = "";

  @Override
  public Verdict before(Call call) {
    if (call.target() == Target.S3) {
      s3.add(new Request(System.currentTimeMillis(), call.method(), call.path()));
    } else if (call.operation().equals("RunJobFlow")) {
      runJobFlow = call.text();
    }
    return Verdict.PASS;
  }

  /** The body of the last RunJobFlow. */
  String runJobFlow() {
    return runJobFlow;
  }

  /** Requests of S3 that came from one time on, epoch milliseconds, and before another. */
  List<Request> s3(long from, long to) {
    return s3.stream().filter(call -> from <= call.at() && call.at() < to).toList();
  }
}
