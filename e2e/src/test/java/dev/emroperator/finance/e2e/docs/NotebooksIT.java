package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.e2e.Tool;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Python of the pages, on a real result over S3's protocol. */
@Tag("delivery")
class NotebooksIT {

  private static final String CHECK =
      "\nprint(len(trend), list(trend.columns), trend['ticker'].nunique())\n";

  private static GuideRun guide;
  private static Tool python;

  @BeforeAll
  static void doTheGuide() {
    python = Tool.of("pandas");
    guide = GuideRun.done();
  }

  /** The last line that a script prints. */
  private static String last(String script) {
    var kubeconfig = guide.cloud().cloud().kubernetes().kubeconfig();
    Tool.Answer answer =
        python.run(guide.folder(), Scripts.variables(guide.cloud(), kubeconfig), "-c", script);
    assertEquals(0, answer.exitCode(), answer.printed());
    return answer.printed().lines().reduce((first, second) -> second).orElseThrow();
  }

  private static String expected() {
    String rows = guide.cloud().field("us-trend", ".status.outputs[?(@.analysis=='trend')].rows");
    return rows + " ['ticker', 'time', 'date', 'close', 'close_mean_20', 'year'] 5";
  }

  @Test
  void pandasReadsTheFolderThatStatusNames() {
    List<String> snippets = Markdown.page("docs/results.md").section("Readers").blocks("python");
    String script = snippets.get(0).replaceFirst("path = .*", "path = '" + guide.trend() + "'");
    assertEquals(expected(), last(script + CHECK));
    assertEquals("5", last(script + "\nprint(len(closes.columns))\n"));
  }

  @Test
  void pandasFindsNoRunOutsideItsFolder() {
    String read = "import pandas\nprint(len(pandas.read_parquet('s3://research/us-trend/%s')))\n";
    assertEquals("0", last(read.formatted("")));
    assertEquals("0", last(read.formatted("trend/")));
  }

  @Test
  void aNotebookFindsTheFolderByItself() {
    String script =
        Markdown.page("docs/recipes.md").section("In a notebook").blocks("python").get(0);
    assertEquals(expected(), last(script + CHECK));
  }
}
