package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.localcloud.Checkout;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every link within the project leads somewhere, and every page can be found. */
class LinksTest {

  private static final Path ROOT = Checkout.find().root();

  @Test
  void everyLinkLeadsToAFileAndToAHeadingOfIt() {
    List<String> broken = new ArrayList<>();
    int followed = 0;
    for (Markdown page : Markdown.all()) {
      for (String link : page.links()) {
        if (!link.matches("[a-z]+:.*")) {
          followed++;
          if (isBroken(page, link)) {
            broken.add(ROOT.relativize(page.file()) + " -> " + link);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(followed > 50, "only " + followed + " links were found");
  }

  private static boolean isBroken(Markdown page, String link) {
    String[] parts = link.split("#", 2);
    Path target = target(page, parts[0]);
    if (!Files.exists(target)) {
      return true;
    }
    boolean isAnchored = parts.length == 2 && target.toString().endsWith(".md");
    return isAnchored && !Markdown.of(target).anchors().contains(parts[1]);
  }

  private static Path target(Markdown page, String path) {
    return path.isEmpty()
        ? page.file()
        : page.file().resolveSibling(URLDecoder.decode(path, StandardCharsets.UTF_8)).normalize();
  }

  @Test
  void everyPageForUsersIsReachedFromTheIndex() {
    Set<Path> reached = new HashSet<>();
    follow(Markdown.page("docs/README.md"), reached);
    Set<String> lost = new TreeSet<>();
    for (Markdown page : Markdown.all()) {
      if (page.file().startsWith(ROOT.resolve("docs")) && !reached.contains(page.file())) {
        lost.add(ROOT.relativize(page.file()).toString());
      }
    }
    assertEquals(Set.of(), lost);
  }

  private static void follow(Markdown page, Set<Path> reached) {
    if (!reached.add(page.file())) {
      return;
    }
    for (String link : page.links()) {
      Path target = target(page, link.split("#", 2)[0]);
      if (target.toString().endsWith(".md") && Files.isRegularFile(target)) {
        follow(Markdown.of(target), reached);
      }
    }
  }

  @Test
  void aHeadingIsAnchoredAsGitHubDoesIt() {
    Markdown page =
        new Markdown(
            ROOT,
            """
            # What's in `spec.inputs`?
            ## Same
            ## Same
            ## See [the guide](guide.md)
            ```
            # no heading
            [no](link.md)
            ```
            [a](b.md#c), `[no](link.md)`, ![i](<d.png>) and [[1]](e.md "title")
            """);
    assertEquals(Set.of("whats-in-specinputs", "same", "same-1", "see-the-guide"), page.anchors());
    assertEquals(List.of("guide.md", "b.md#c", "d.png", "e.md"), page.links());
  }
}
