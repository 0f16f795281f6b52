package dev.emroperator.finance.localcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputDataTest {

  @TempDir Path data;

  private static GenericKubernetesResource object(String inputs) {
    return Serialization.unmarshal(
        """
        apiVersion: finance.emr-operator.dev/v1alpha1
        kind: FinancialAnalysis
        metadata: {name: mine}
        spec:
          environment: trading
          inputs: [%s]
          output: {path: "s3://results/mine/"}
          tags: {desk: rates}
        """
            .formatted(inputs),
        GenericKubernetesResource.class);
  }

  private Path file(String name) throws IOException {
    Files.createDirectories(data.resolve(name).getParent());
    return Files.writeString(data.resolve(name), "Date,Ticker\n");
  }

  private static Map<String, Path> locations(Path given, GenericKubernetesResource object) {
    return InputData.locations(new QuickstartOptions(null, given, false)::source, object);
  }

  @Test
  void aFolderGoesBelowThePrefix() throws IOException {
    Path first = file("a.csv");
    Path second = file("2012/b.csv");
    assertEquals(
        Map.of("s3://prices/us/a.csv", first, "s3://prices/us/2012/b.csv", second),
        locations(data, object("{name: bars, path: 's3://prices/us/'}")));
  }

  @Test
  void anInputThatIsOneObjectTakesTheFileUnderItsKey() throws IOException {
    Path file = file("mine.csv");
    assertEquals(
        Map.of("s3://prices/us/all.csv", file),
        locations(file, object("{name: bars, path: 's3://prices/us/all.csv'}")));
  }

  @Test
  void ofAFolderAnInputThatIsOneObjectTakesTheFileOfItsName() throws IOException {
    file("other.csv");
    GenericKubernetesResource object = object("{name: bars, path: 's3://prices/us/all.csv'}");
    String said =
        assertThrows(IllegalArgumentException.class, () -> locations(data, object)).getMessage();
    assertTrue(said.contains(data.resolve("all.csv").toString()), said);
    Path file = file("all.csv");
    assertEquals(Map.of("s3://prices/us/all.csv", file), locations(data, object));
  }

  @Test
  void severalInputsHaveAFolderEach() throws IOException {
    Path us = file("us/a.csv");
    GenericKubernetesResource two =
        object("{name: us, path: 's3://a/'}, {name: eu, path: 's3://b/'}");
    String said =
        assertThrows(IllegalArgumentException.class, () -> locations(data, two)).getMessage();
    assertTrue(said.contains("for input 'eu'"), said);
    Path eu = file("eu/a.csv");
    assertEquals(Map.of("s3://a/a.csv", us, "s3://b/a.csv", eu), locations(data, two));
  }

  @Test
  void theExamplesHaveTheirFilesByTheNamesOfTheirInputs() throws IOException {
    Path stocks = file("data/stocks.csv.gz");
    Path quotes = file("data/quotes/a.csv");
    var example = new QuickstartOptions(data.resolve("asof.yaml"), null, false);
    assertEquals(
        Map.of("s3://a/stocks.csv.gz", stocks, "s3://b/a.csv", quotes),
        InputData.locations(
            example::source,
            object("{name: prices, path: 's3://a/'}, {name: quotes, path: 's3://b/'}")));
    assertEquals(
        Map.of("s3://b/a.csv", quotes),
        InputData.locations(example::source, object("{name: quotes, path: 's3://b/'}")));
  }

  @Test
  void theEnvironmentIsTheObjectsAndAllowsAllOfItsBucketsAndTags() throws IOException {
    String configuration =
        Quickstart.environment(
            object("{name: us, path: 's3://us-prices/x/'}, {name: eu, path: 's3://eu-prices/y/'}"));
    Map<?, ?> read = Serialization.yamlMapper().readValue(configuration, Map.class);
    var environment = (Map<?, ?>) ((Map<?, ?>) read.get("environments")).get("trading");
    assertEquals(List.of("desk"), environment.get("allowedTags"));
    assertEquals(
        Map.of(
            "inputs", List.of("s3://eu-prices/", "s3://us-prices/"),
            "outputs", List.of("s3://results/"),
            "maximumCapacity", 64),
        environment.get("fence"));
  }
}
