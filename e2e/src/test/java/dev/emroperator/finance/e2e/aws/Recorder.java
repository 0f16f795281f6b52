package dev.emroperator.finance.e2e.aws;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Interceptor;
import dev.emroperator.finance.localcloud.gateway.Target;
import dev.emroperator.finance.localcloud.gateway.Verdict;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what an operator asks of AWS, and lets all of it pass. */
final class Recorder implements Interceptor {

  private final List<AwsCalls.Answered> calls = new CopyOnWriteArrayList<>();

  @Override
  public Verdict after(Call call, int status) {
    if (call.target() != Target.KUBERNETES) {
      calls.add(new AwsCalls.Answered(call, status));
    }
    return Verdict.PASS;
  }

  List<AwsCalls.Answered> calls() {
    return List.copyOf(calls);
  }
}
