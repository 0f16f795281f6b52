package dev.emroperator.finance.e2e.aws;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Target;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The operator's policy, for tests whose buckets and roles are not those of the module: it looks at
 * actions alone.
 */
public final class OperatorPolicy implements Consumer<Call> {

  private static final int FOUND = 200;

  private final Set<String> granted =
      Policy.golden("operator-policy").statements().stream()
          .flatMap(statement -> statement.actions().stream())
          .collect(Collectors.toSet());
  private final AwsCalls calls = new AwsCalls("123456789012", clusterId -> Map.of());
  private final Set<String> called = new ConcurrentSkipListSet<>();

  @Override
  public void accept(Call call) {
    if (call.target() == Target.KUBERNETES) {
      return;
    }
    try {
      calls
          .requests(new AwsCalls.Answered(call, FOUND))
          .forEach(request -> called.add(request.action()));
    } catch (AssertionError e) {
      // Nobody has said what IAM is asked for it, so it is granted by nothing.
      called.add(e.getMessage());
    }
  }

  /** What IAM would have been asked for, as in {@code s3:GetObject}. */
  public Set<String> called() {
    return new TreeSet<>(called);
  }

  /** What was called and no statement grants. */
  public Set<String> notGranted() {
    Set<String> wanting = called();
    wanting.removeAll(granted);
    return wanting;
  }
}
