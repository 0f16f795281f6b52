package dev.emroperator.finance.e2e.aws;

import dev.emroperator.finance.localcloud.EmrProcess;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The operator's policy, for tests that see only the names of operations. */
public final class OperatorPolicy {

  private OperatorPolicy() {}

  /** The operations of EMR that were called and that no statement grants. */
  public static Set<String> notGranted(Collection<EmrProcess.Call> calls) {
    Set<String> granted =
        Policy.golden("operator-policy").statements().stream()
            .flatMap(statement -> statement.actions().stream())
            .collect(Collectors.toSet());
    return calls.stream()
        .map(EmrProcess.Call::operation)
        .filter(operation -> !granted.contains("elasticmapreduce:" + operation))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
