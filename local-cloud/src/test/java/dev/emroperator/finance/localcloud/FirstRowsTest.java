package dev.emroperator.finance.localcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRowsTest {

  @TempDir Path folder;

  private void put(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  @Test
  void rowsInTheQuarantineAreNoneOfTheResult() throws IOException {
    put("year=2012/part-0.csv", "ticker,close\nIBM,7\n");
    put("_quarantine/part-0.csv", "ticker,close,reason\nIBM,-1,price\n");
    assertEquals("  ticker  close  year\n  IBM     7      2012", FirstRows.of(folder, true));
  }
}
