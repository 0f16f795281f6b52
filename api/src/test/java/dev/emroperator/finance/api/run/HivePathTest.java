package dev.emroperator.finance.api.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HivePathTest {

  @Test
  void foldersWithAnEqualsSignAreColumnsAndTheFileIsNone() {
    HivePath path = HivePath.of("s3://b/us/date=2024-01-02/ticker=0700/a=b.csv");
    assertEquals("s3://b/us/", path.base());
    assertEquals(Map.of("date", "2024-01-02", "ticker", "0700"), path.columns());
    assertEquals(List.of("date", "ticker"), List.copyOf(path.columns().keySet()));
  }

  @Test
  void aFlatFileHasNone() {
    assertEquals(new HivePath("s3://b/us/", Map.of()), HivePath.of("s3://b/us/a.csv"));
  }

  @Test
  void whatANameCantHoldIsUnescapedAndAPlusIsItself() {
    HivePath path = HivePath.of("s3://b/ticker=A%2FB+C/x=100%/a.csv");
    assertEquals(Map.of("ticker", "A/B+C", "x", "100%"), path.columns());
  }

  @Test
  void aFolderThatBeginsWithAnEqualsSignIsNoColumn() {
    assertEquals(Map.of(), HivePath.of("s3://b/=1/a.csv").columns());
  }
}
