package dev.emroperator.finance.operator.reference;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.emroperator.finance.operator.config.ConfigurationReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the pages that follow from the CRD and from the records of the configuration. */
public final class ReferenceGenerator {

  private ReferenceGenerator() {}

  /** Reads the CRD given first, and writes the pages into the folder given second. */
  public static void main(String[] arguments) throws IOException {
    Path crd = Path.of(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    Files.writeString(
        folder.resolve("financialanalysis.md"),
        CrdReference.page(new YAMLMapper().readTree(crd.toFile())));
    Files.writeString(folder.resolve("configuration.md"), ConfigurationReference.page());
  }
}
