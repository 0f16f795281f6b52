package dev.emroperator.finance.localcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartOptionsTest {

  @TempDir Path folder;

  private QuickstartOptions of(String... args) {
    return QuickstartOptions.of(args, new Checkout(folder));
  }

  private String refusal(String... args) {
    return assertThrows(IllegalArgumentException.class, () -> of(args)).getMessage();
  }

  @Test
  void withoutOptionsItIsTheExample() {
    QuickstartOptions options = of();
    assertEquals(folder.resolve("examples/quickstart.yaml"), options.object());
    assertEquals(folder.resolve("examples/data/stocks.csv.gz"), options.source("prices", true));
    assertFalse(options.keep());
  }

  @Test
  void takesTheUsersObjectAndFiles() throws IOException {
    Path object = Files.writeString(folder.resolve("my.yaml"), "");
    QuickstartOptions options = of("--keep", "-f", object.toString(), "--data", folder.toString());
    assertEquals(object, options.object());
    assertEquals(folder, options.data());
    assertTrue(options.keep());
  }

  @Test
  void anExampleNeedsNoFiles() throws IOException {
    Path example = folder.resolve("examples/asof.yaml");
    Files.createDirectories(example.getParent());
    Files.writeString(example, "");
    QuickstartOptions options = of("-f", example.toString());
    assertEquals(folder.resolve("examples/data/quotes"), options.source("quotes", false));
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path object = Files.writeString(folder.resolve("my.yaml"), "");
    assertEquals("unknown option --fast", refusal("--fast"));
    assertEquals("-f needs a path", refusal("-f"));
    assertTrue(refusal("-f", "/no/such.yaml").contains("there is no /no/such.yaml"));
    assertTrue(refusal("-f", object.toString()).contains("-f and --data go together"));
    assertTrue(refusal("--data", folder.toString()).contains("--data needs -f"));
  }
}
