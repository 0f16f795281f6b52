package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

      // 2 would mean that there is something to change.
      var second = infra.run("example", with("plan", "-detailed-exitcode"));
      assertEquals(0, second.exitCode(), second.printed());

      Path file = infra.folder().resolve("chart-values.yaml");
      Files.writeString(file, infra.assertSucceeds("example", "output", "-raw", "chart_values"));
      String rendered = new Values(file).rendered();
      assertTrue(rendered.contains("emr-operator-prod-operator"), rendered);
      assertTrue(rendered.contains("masterSecurityGroup: sg-"), rendered);

      infra.assertSucceeds("example", with("destroy", "-auto-approve"));
      assertEquals("", infra.assertSucceeds("example", "state", "list").strip());
    }
  }

  private static String[] with(String... command) {
    return java.util.stream.Stream.concat(
            java.util.Arrays.stream(command), java.util.Arrays.stream(VARIABLES))
        .toArray(String[]::new);
  }
}
