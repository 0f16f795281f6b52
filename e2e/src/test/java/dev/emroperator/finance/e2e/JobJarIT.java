package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The job as the operator ships it. */
class JobJarIT {

  @Test
  void holdsOurClassesAloneSoThatTheClustersOwnLibrariesAreUsed() throws IOException {
    var operator = Cloud.shared().cloud().checkout().root().resolve("operator/target");
    var jar =
        java.nio.file.Files.list(operator)
            .filter(file -> file.getFileName().toString().matches("operator-.*\\.jar"))
            .findFirst()
            .orElseThrow();
    try (ZipFile shipped = new ZipFile(jar.toFile());
        ZipInputStream job =
            new ZipInputStream(shipped.getInputStream(shipped.getEntry("job/spark-job.jar")))) {
      List<String> classes = new java.util.ArrayList<>();
      for (var entry = job.getNextEntry(); entry != null; entry = job.getNextEntry()) {
        if (entry.getName().endsWith(".class")) {
          classes.add(entry.getName());
        }
      }
      assertTrue(classes.contains("dev/emroperator/finance/job/Main.class"));
      assertTrue(classes.contains("dev/emroperator/finance/api/run/Plan.class"));
      assertEquals(
          List.of(),
          classes.stream().filter(name -> !name.startsWith("dev/emroperator/finance/")).toList());
    }
  }
}
