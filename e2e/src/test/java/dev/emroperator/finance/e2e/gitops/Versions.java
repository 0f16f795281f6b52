package dev.emroperator.finance.e2e.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.emroperator.finance.e2e.Cloud;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every version of the analyses of a namespace that the API server has shown, oldest first. */
final class Versions implements Watcher<GenericKubernetesResource>, AutoCloseable {

  private static final String WATCH =
      "/apis/finance.emr-operator.dev/v1alpha1/namespaces/research/financialanalyses?watch=true&timeoutSeconds=1";

  private final List<Dump> seen = new CopyOnWriteArrayList<>();
  private final KubernetesClient client;

  private Versions(KubernetesClient client) {
    this.client = client;
  }

  /** Watches from now on. */
  static Versions of(Cloud cloud) {
    // A kind that is new can't be watched at once; kubectl asks until it can, and the client does
    // not.
    cloud.run("get", "--raw", WATCH);
    Versions versions = new Versions(cloud.cloud().kubernetes().client());
    versions
        .client
        .genericKubernetesResources("finance.emr-operator.dev/v1alpha1", "FinancialAnalysis")
        .inNamespace(Cloud.NAMESPACE)
        .watch(versions);
    return versions;
  }

  @Override
  public void eventReceived(Action action, GenericKubernetesResource resource) {
    if (action == Action.ADDED || action == Action.MODIFIED) {
      JsonNode object = Serialization.unmarshal(Serialization.asJson(resource), JsonNode.class);
      ((ObjectNode) object.path("metadata")).remove("managedFields");
      seen.add(new Dump(object));
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    throw new IllegalStateException("the watch of the analyses has ended", cause);
  }

  List<Dump> of(String name) {
    return seen.stream().filter(dump -> dump.objectName().equals(name)).toList();
  }

  /** The last version of each moment. */
  Map<String, Dump> byMoment() {
    Map<String, Dump> last = new TreeMap<>();
    seen.forEach(dump -> last.put(dump.moment(), dump));
    return last;
  }

  @Override
  public void close() {
    client.close();
  }
}
