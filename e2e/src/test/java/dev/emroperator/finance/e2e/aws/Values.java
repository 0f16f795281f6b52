package dev.emroperator.finance.e2e.aws;

import com.marcnuri.helm.Helm;
import dev.emroperator.finance.localcloud.Checkout;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the module's {@code chart_values} become in the chart. */
record Values(Path file) {

  /** The file that Terraform's own test holds to the module. */
  static Values golden() {
    return new Values(Checkout.find().root().resolve("infra/tests/golden/values.yaml"));
  }

  /**
   * The manifests of the chart.
   *
   * @throws RuntimeException when its schema refuses the values
   */
  String rendered() {
    return new Helm(Checkout.find().root().resolve("helm"))
        .template()
        .withName("emr-operator")
        .withNamespace("emr-operator")
        .withKubeVersion("1.35.4")
        .withValuesFile(file)
        .call();
  }

  /** The operator's configuration as the chart hands it over, with more of its fields. */
  String configuration(Map<String, Object> more) {
    for (String manifest : rendered().split("(?m)^---$")) {
      Map<String, Object> object = yaml(manifest);
      if (object != null && object.get("data") instanceof Map<?, ?> data) {
        Object text = data.get("config.yaml");
        if (text != null) {
          Map<String, Object> config = new TreeMap<>(yaml(text.toString()));
          config.putAll(more);
          return Serialization.asYaml(config);
        }
      }
    }
    throw new AssertionError("the chart makes no ConfigMap with config.yaml");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> yaml(String text) {
    return Serialization.unmarshal(text, Map.class);
  }
}
