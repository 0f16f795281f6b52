package dev.emroperator.finance.operator.process;

import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks before the start whether the API server answers, knows the object, and grants what is
 * needed. What is missing may be on its way, so it looks a few times.
 */
public final class StartCheck {

  private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);
  private static final String API_VERSION = HasMetadata.getApiVersion(FinancialAnalysis.class);
  private static final int CALL_MILLIS = 5_000;
  private static final int UNAUTHORIZED = 401;

  static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8));

  private StartCheck() {}

  /**
   * Looks at the API server, for some seconds if need be.
   *
   * @param leaseNamespace null when there is no election
   * @return everything that stands in the way of a start, with what to do; empty when nothing does
   */
  public static List<String> problems(
      Config config, OperatorConfig settings, String leaseNamespace) {
    List<Right> needed = Right.needed(settings, leaseNamespace);
    return await(() -> look(config, needed), PAUSES, StartCheck::sleep);
  }

  private static List<String> look(Config config, List<Right> needed) {
    Config once =
        new ConfigBuilder(config)
            .withRequestTimeout(CALL_MILLIS)
            .withConnectionTimeout(CALL_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    try (KubernetesClient kubernetes = new KubernetesClientBuilder().withConfig(once).build()) {
      List<String> problems = new ArrayList<>();
      if (!knowsTheObject(kubernetes.getApiResources(API_VERSION))) {
        problems.add(
            "The API server does not know "
                + Right.ANALYSES
                + " of "
                + API_VERSION
                + ": install the chart with crd.install=true, or kubectl apply -f crds/");
      }
      for (Right right : needed) {
        if (!isGranted(kubernetes, right)) {
          problems.add("The operator " + right.missing());
        }
      }
      return problems;
    } catch (KubernetesClientException e) {
      return List.of(refusal(config.getMasterUrl(), e));
    }
  }

  /** Looks until nothing is missing or every pause is over, and returns what is missing then. */
  static List<String> await(
      Supplier<List<String>> look, List<Duration> pauses, Consumer<Duration> pause) {
    List<String> problems = look.get();
    for (Duration length : pauses) {
      if (problems.isEmpty()) {
        return problems;
      }
      LOG.warn("Can't start yet, looking again: {}", String.join("; ", problems));
      pause.accept(length);
      problems = look.get();
    }
    return problems;
  }

  static void sleep(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean knowsTheObject(APIResourceList resources) {
    return resources != null
        && resources.getResources().stream().anyMatch(r -> r.getName().equals(Right.ANALYSES));
  }

  private static boolean isGranted(KubernetesClient kubernetes, Right right) {
    String[] resource = right.resource().split("/", 2);
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withVerb(right.verb())
            .withGroup(right.group())
            .withResource(resource[0])
            .withSubresource(resource.length == 1 ? null : resource[1])
            .withNamespace(right.namespace())
            .withName(right.name())
            .endResourceAttributes()
            .endSpec()
            .build();
    return kubernetes.resource(review).create().getStatus().getAllowed();
  }

  private static String refusal(String server, KubernetesClientException e) {
    if (e.getCode() == UNAUTHORIZED) {
      return "The API server " + server + " refuses the token: check the service account";
    }
    if (e.getCode() > 0) {
      return "The API server " + server + " answers " + e.getCode() + ": " + e.getMessage();
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "The API server "
        + server
        + " can't be reached: "
        + root
        + "; check KUBECONFIG or the service account, and network policies";
  }
}
