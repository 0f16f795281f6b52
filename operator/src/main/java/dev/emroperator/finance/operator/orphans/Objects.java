package dev.emroperator.finance.operator.orphans;

import dev.emroperator.finance.operator.FinancialAnalysis;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The objects, as they are known and as they are.
 *
 * @param known without a call, maybe a little old
 * @param read namespace and name to the object as the API server has it now
 */
public record Objects(
    Supplier<List<FinancialAnalysis>> known, BiFunction<String, String, Lookup> read) {

  /** Reads from an API server. */
  public static Objects of(KubernetesClient kubernetes, Supplier<List<FinancialAnalysis>> known) {
    return new Objects(known, (namespace, name) -> read(kubernetes, namespace, name));
  }

  /** By a list, because a get answers "not found" also for a kind that is not installed. */
  private static Lookup read(KubernetesClient kubernetes, String namespace, String name) {
    try {
      return kubernetes
          .resources(FinancialAnalysis.class)
          .inNamespace(namespace)
          .withField("metadata.name", name)
          .list()
          .getItems()
          .stream()
          .findFirst()
          .<Lookup>map(Lookup.Found::new)
          .orElseGet(Lookup.Absent::new);
    } catch (KubernetesClientException e) {
      return new Lookup.Unread();
    }
  }
}
