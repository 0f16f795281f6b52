package dev.emroperator.finance.e2e.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.emroperator.finance.localcloud.Checkout;
import java.util.ArrayList;
import java.util.List;

/** The YAML on the pages of the project. */
final class YamlBlocks {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String OURS = "kind: FinancialAnalysis";

  private YamlBlocks() {}

  /**
   * One document of a block.
   *
   * @param place page and number of the block, for people
   * @param text as it stands there, or as something else in the block carries it
   */
  record Document(String place, String text) {

    JsonNode tree() {
      try {
        return YAML.readTree(text);
      } catch (JsonProcessingException e) {
        throw new AssertionError(place + " is no YAML: " + e.getMessage(), e);
      }
    }

    /** False for a part of an object, or for a file of another kind. */
    boolean isObject() {
      return tree().hasNonNull("apiVersion") && tree().hasNonNull("kind");
    }

    @Override
    public String toString() {
      return isObject() ? place + ": " + tree().get("kind").asText() : place;
    }
  }

  /** All documents of all pages, and after each the analyses that it carries as text. */
  static List<Document> all() {
    List<Document> found = new ArrayList<>();
    for (Markdown page : Markdown.all()) {
      String name = Checkout.find().root().relativize(page.file()).toString();
      List<String> blocks = page.blocks("yaml");
      for (int i = 0; i < blocks.size(); i++) {
        found.addAll(documents(name + " #" + (i + 1), blocks.get(i)));
      }
    }
    return found;
  }

  /** The documents of one block. */
  static List<Document> documents(String place, String block) {
    List<Document> found = new ArrayList<>();
    for (String text : block.split("(?m)^---$")) {
      Document document = new Document(place, text);
      found.add(document);
      carried(document.tree(), place, found);
    }
    return found;
  }

  private static void carried(JsonNode node, String place, List<Document> found) {
    if (node.isTextual() && node.asText().contains(OURS)) {
      found.add(new Document(place + ", carried", filledIn(node.asText())));
    }
    node.forEach(inner -> carried(inner, place, found));
  }

  /** What a workflow or a script puts into an object before it applies it. */
  private static String filledIn(String template) {
    return template.replaceAll("\\{\\{[^}]*\\}\\}|\\bDATE\\b", "2012-12-31");
  }
}
