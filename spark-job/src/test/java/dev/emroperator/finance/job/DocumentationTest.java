package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.api.kind.AnalysisKind;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show can be pasted, and what can be written is on the pages. */
class DocumentationTest {

  private static final Path PAGES = Path.of("../docs/analyses").toAbsolutePath().normalize();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  static List<String> kinds() {
    return Arrays.stream(Analysis.class.getRecordComponents())
        .filter(component -> AnalysisKind.class.isAssignableFrom(component.getType()))
        .map(RecordComponent::getName)
        .toList();
  }

  private static String page(String kind) throws IOException {
    return Files.readString(PAGES.resolve(kind + ".md"));
  }

  private static List<String> blocks(String page) {
    return BLOCK.matcher(page).results().map(block -> block.group(1)).toList();
  }

  /** A block is a list of analyses, or a spec that has some. */
  private static List<Analysis> analyses(String block) throws IOException {
    JsonNode yaml = YAML.readTree(block);
    return yaml.isArray()
        ? List.of(YAML.treeToValue(yaml, Analysis[].class))
        : YAML.treeToValue(yaml, FinancialAnalysisSpec.class).analyses();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyBlockOfAPageCanBePastedAndOneShowsItsKind(String kind) throws IOException {
    Set<String> shown = new TreeSet<>();
    for (String block : blocks(page(kind))) {
      for (Analysis analysis : assertDoesNotThrow(() -> analyses(block), block)) {
        shown.add(analysis.kind().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
      }
    }
    assertTrue(shown.contains(kind), kind + ".md shows " + shown);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFieldOfAKindIsOnItsPage(String kind) throws Exception {
    String page = page(kind);
    Set<String> missing = new TreeSet<>();
    Class<?> type =
        Arrays.stream(Analysis.class.getRecordComponents())
            .filter(component -> component.getName().equals(kind))
            .findFirst()
            .orElseThrow()
            .getType();
    for (RecordComponent field : type.getRecordComponents()) {
      if (!Pattern.compile("\\b" + field.getName() + "\\b").matcher(page).find()) {
        missing.add(field.getName());
      }
    }
    assertEquals(Set.of(), missing, "tell of them in docs/analyses/" + kind + ".md");
  }

  @Test
  void everyKindHasAPageAndNoPageIsOfAnotherThing() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertEquals(
          new TreeSet<>(kinds()),
          new TreeSet<>(
              pages.map(page -> page.getFileName().toString().replace(".md", "")).toList()));
    }
    String list = Files.readString(PAGES.resolveSibling("analyses.md"));
    for (String kind : kinds()) {
      assertTrue(list.contains("[" + kind + "](analyses/" + kind + ".md)"), kind);
    }
  }
}
