package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The guide, done once for all tests of this JVM: its file is written, and its commands run in
 * their order up to the one that prints where the results are.
 *
 * @param folder that holds us-trend.yaml
 * @param printed by the last of these sections
 * @param trend the folder of the result of that name, as status tells it
 */
record GuideRun(Cloud cloud, Path folder, String printed, String trend) {

  private static final Markdown GUIDE = Markdown.page("docs/guide.md");
  private static GuideRun done;

  static synchronized GuideRun done() {
    if (done == null) {
      done = of(Cloud.withOperator());
    }
    return done;
  }

  private static GuideRun of(Cloud cloud) {
    cloud.cloud().s3().put(cloud.stocks(), "s3://market-data/us/daily/stocks.csv.gz");
    Path folder = cloud.cloud().folder().resolve("guide");
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("us-trend.yaml"), yaml());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String printed = "";
    for (String section :
        List.of("Write an analysis", "Run it", "Look closer", "Read the results")) {
      printed = succeeds(cloud, folder, commands(section));
    }
    String trend = cloud.field("us-trend", ".status.outputs[?(@.analysis=='trend')].path");
    return new GuideRun(cloud, folder, printed, trend);
  }

  /** The analysis of the guide. */
  static String yaml() {
    return GUIDE.section("Write an analysis").blocks("yaml").get(0);
  }

  /** The commands of a section. */
  static String commands(String section) {
    return String.join("\n", GUIDE.section(section).blocks("sh"));
  }

  /** What the commands print. */
  String succeeds(String commands) {
    return succeeds(cloud, folder, commands);
  }

  private static String succeeds(Cloud cloud, Path folder, String commands) {
    Tool.Answer answer = Scripts.run(cloud, folder, commands);
    assertEquals(0, answer.exitCode(), commands + "\n" + answer.printed());
    return answer.printed();
  }

  /** The folder of the result as a local one. */
  Path local() {
    return cloud.cloud().s3().file(trend);
  }
}
