package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/aws.md, one after the other in one shell, find each file where they look for
 * it. The programs only look whether it is there.
 */
class AwsGuideTest {

  private static final Map<String, String> PROGRAMS =
      Map.of(
          "terraform",
          """
          [ -f "${1#-chdir=}/main.tf" ] && [ -f "${1#-chdir=}/terraform.tfvars" ] || exit 9
          case "$*" in
            *chart_values) echo "config: {}" ;;
            *buckets) echo '{"data": "our-data", "results": "our-results"}' ;;
            *operator_role_arn) echo arn:aws:iam::123456789012:role/ours ;;
          esac
          """,
          "helm",
          """
          [ -f "$3/Chart.yaml" ] || exit 9
          while [ $# -gt 0 ]; do [ "$1" != --values ] || [ -s "$2" ] || exit 9; shift; done
          """,
          "aws",
          "[ \"$1 $2\" = 's3 cp' ] && [ -f \"$3\" ] && echo to \"$4\"",
          "kubectl",
          "[ \"$1\" != apply ] || cat");

  @TempDir Path folder;

  @Test
  void theCommandsFindWhatTheyName() throws IOException {
    Tool.assumeOnPath("jq", ", and the guide needs it");
    Path checkout = Files.createDirectory(folder.resolve("checkout"));
    for (String part : List.of("infra", "helm", "examples")) {
      Files.createSymbolicLink(checkout.resolve(part), Checkout.find().root().resolve(part));
    }
    for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
      Scripts.program(folder, program.getKey(), program.getValue());
    }

    Tool.Answer answer = Scripts.runBefore(folder, checkout, commands());

    assertEquals(0, answer.exitCode(), answer.printed());
    assertTrue(answer.printed().contains("to s3://our-data/us/daily/"), answer.printed());
    assertTrue(answer.printed().contains("path: s3://our-data/us/daily/"), answer.printed());
    assertTrue(answer.printed().contains("path: s3://our-results/"), answer.printed());
    assertFalse(answer.printed().contains("s3://market-data/"), answer.printed());
    assertTrue(
        answer.printed().contains("--policy-source-arn arn:aws:iam::123456789012:role/ours"),
        answer.printed());
  }

  /** Those that make something, and the check of a real account as far as it calls nothing. */
  private static String commands() {
    Markdown page = Markdown.page("docs/aws.md");
    String making =
        Stream.of("2. Apply the module", "3. Install the operator", "4. The first analysis")
            .map(heading -> String.join("", page.section(heading).blocks("")))
            .collect(Collectors.joining());
    String check = page.section("What has not been seen on a real account").blocks("").get(0);
    return making + check.strip() + " --dry-run\n";
  }
}
