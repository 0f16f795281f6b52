package dev.emroperator.finance.operator.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages about the configuration say what the code does. */
class ConfigurationReferenceTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final String NAME = "environments.default";

  @TempDir Path folder;

  /** Calls with the path of every field and its component. */
  private static void walk(String path, Class<?> type, BiConsumer<String, RecordComponent> each) {
    for (RecordComponent component : type.getRecordComponents()) {
      String at = path.isEmpty() ? component.getName() : path + "." + component.getName();
      each.accept(at, component);
      Class<?> inner = ConfigurationReference.recordIn(component.getGenericType());
      if (inner != null) {
        walk(at.equals("environments") ? NAME : at, inner, each);
      }
    }
  }

  @Test
  void everyFieldIsDescribed() {
    List<String> undescribed = new ArrayList<>();
    walk(
        "",
        OperatorConfig.class,
        (path, component) -> {
          if (ConfigurationReference.description(component).isBlank()) {
            undescribed.add(path);
          }
        });
    assertEquals(List.of(), undescribed);
  }

  @Test
  void requiredIsWhatTheOperatorMisses() {
    Set<String> ofEnvironment = new TreeSet<>();
    for (String field : ConfigurationReference.required()) {
      ofEnvironment.add(field.replace("environments.<name>.", ""));
    }
    assertEquals(
        Set.of(
            "installation",
            "environments",
            "region",
            "serviceRole",
            "instanceProfile",
            "subnets",
            "artifacts",
            "logs",
            "fence",
            "fence.inputs",
            "fence.outputs",
            "fence.maximumCapacity",
            "instanceTypes",
            "instanceTypes.master",
            "instanceTypes.core",
            "instanceTypes.task",
            "instanceTypes.master.type",
            "instanceTypes.core.type",
            "instanceTypes.task.type",
            "instanceTypes.master.weight",
            "instanceTypes.core.weight",
            "instanceTypes.task.weight"),
        ofEnvironment);
  }

  @Test
  void aRowTellsTypeDefaultAndConstraints() {
    String page = ConfigurationReference.page();
    for (String row :
        List.of(
            "| `sweep` | string | `10s` |  | Time between",
            "| `apiShare` | number | `0.8` |  | Share",
            "| `environments` | map: [object](#environmentsname) |  | required | Account",
            "| `orphans` | string | `terminate` | `terminate` or `report` | What",
            "| `task` | list: [object](#environmentsnameinstancetypestask) |  | required | For",
            "| `weight` | integer |  | required | Units",
            "| `maximumRuns` | integer |  |  | Most")) {
      assertTrue(page.contains(row), row + "\n" + page);
    }
  }

  private static String example() throws IOException {
    Matcher block =
        Pattern.compile("```yaml\n(installation.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertTrue(block.find());
    return block.group(1);
  }

  @Test
  void theFileOnThePageHasEveryFieldAndCanBeUsed() throws IOException {
    String yaml =
        example().replace("  # namespace:", "  namespace:").replace("  # name:", "  name:");
    ConfigFile.read(Files.writeString(folder.resolve("config.yaml"), yaml));
    JsonNode file = new YAMLMapper().readTree(yaml);
    Set<String> missing = new TreeSet<>();
    walk(
        "",
        OperatorConfig.class,
        (path, component) -> {
          String pointer = "/" + path.replace('.', '/');
          for (String fleet : List.of("master", "core", "task")) {
            pointer = pointer.replace(fleet + "/", fleet + "/0/");
          }
          if (file.at(pointer).isMissingNode()) {
            missing.add(path);
          }
        });
    assertEquals(Set.of("timing.scaled"), missing, "but for what tests alone may set");
  }

  @Test
  void whatThePageCallsDefaultsAreThose() throws IOException {
    JsonNode file = new YAMLMapper().readTree(example());
    OperatorConfig nothingSet = new OperatorConfig(null, null, null, null, null, null);
    JsonNode defaults = new YAMLMapper().valueToTree(nothingSet);
    for (String part : List.of("timing", "leaderElection")) {
      assertTrue(example().contains("\n" + part + ":"), part);
      file.get(part)
          .properties()
          .forEach(
              field -> assertEquals(defaults.at("/" + part).get(field.getKey()), field.getValue()));
    }
    assertEquals(JsonNodeFactory.instance.numberNode(nothingSet.apiShare()), file.get("apiShare"));
  }

  @Test
  void theTableOfVariablesIsWhole() throws IOException {
    Map<String, String> shown = new TreeMap<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `(EMR_OPERATOR_\\w+)` \\|.*\\| `?([^|`]+)`? \\|$")
            .matcher(Files.readString(PAGE));
    while (row.find()) {
      shown.put(row.group(1), row.group(2).strip());
    }
    assertEquals(new TreeMap<>(Settings.DEFAULTS), shown);
  }
}
