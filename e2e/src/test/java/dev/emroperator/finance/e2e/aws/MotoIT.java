package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example as a user would have it: applied, found unchanged, and destroyed. */
@Tag("delivery")
class MotoIT {

  private static final String[] VARIABLES = {
    "-no-color",
    "-input=false",
    "-var=region=eu-west-1",
    "-var=oidc_provider_arn=arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
  };

  @Test
  void theExampleIsAppliedOnceAndLeavesNothingBehind() throws IOException {
    Workspace infra = Workspace.copy("infra-moto");
    try (Moto moto = Moto.start(infra.folder().resolve("moto.log"))) {
      Files.writeString(infra.folder().resolve("example/moto_override.tf"), moto.override());
      infra.init("example");
      infra.assertSucceeds("example", with("apply", "-auto-approve"));

      infra.assertSucceeds("example", with("plan", "-out=second"));
      assertEquals(Set.of(), changes(infra.assertSucceeds("example", "show", "-json", "second")));

      Path file = infra.folder().resolve("chart-values.yaml");
      Files.writeString(file, infra.assertSucceeds("example", "output", "-raw", "chart_values"));
      String rendered = new Values(file).rendered();
      assertTrue(rendered.contains("emr-operator-prod-operator"), rendered);
      assertTrue(rendered.contains("masterSecurityGroup: sg-"), rendered);

      infra.assertSucceeds("example", with("destroy", "-auto-approve"));
      assertEquals("", infra.assertSucceeds("example", "state", "list").strip());
    }
  }

  /** What a plan changes, but for what moto does not keep: descriptions of rules. */
  private static Set<String> changes(String plan) throws IOException {
    // Terraform may warn before it answers.
    JsonNode resources =
        new ObjectMapper()
            .readTree(plan.substring(plan.indexOf("{\"format")))
            .path("resource_changes");
    assertTrue(resources.size() > 50, () -> resources.size() + " resources");
    Set<String> changes = new TreeSet<>();
    for (JsonNode resource : resources) {
      JsonNode change = resource.path("change");
      boolean forgotten =
          resource.path("type").asText().startsWith("aws_vpc_security_group_")
              && described(change.path("before")).equals(described(change.path("after")));
      if (!forgotten && !change.path("actions").path(0).asText().matches("no-op|read")) {
        changes.add(resource.path("address").asText() + " " + change);
      }
    }
    return changes;
  }

  private static JsonNode described(JsonNode rule) {
    ObjectNode same = rule.deepCopy();
    return same.put("description", "any");
  }

  private static String[] with(String... command) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(command), java.util.Arrays.stream(VARIABLES))
        .toArray(String[]::new);
  }
}
