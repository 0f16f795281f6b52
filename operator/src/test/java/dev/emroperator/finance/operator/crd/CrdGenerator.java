package dev.emroperator.finance.operator.crd;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.emroperator.finance.operator.FinancialAnalysis;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the CRD from the records in {@code api}. What annotations can't say is added here: the
 * order of the columns, the category, the default of the status and the key of the conditions.
 */
public final class CrdGenerator {

  static final String FILE = "financialanalyses." + FinancialAnalysis.GROUP + "-v1.yml";

  private CrdGenerator() {}

  /** Writes the CRD into each folder given. */
  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      Path directory = Files.createDirectories(Path.of(folder));
      new CRDGenerator()
          .inOutputDir(directory.toFile())
          .customResourceClasses(FinancialAnalysis.class)
          .withMinQuotes(true)
          .withPostProcessor(new Finish())
          .forCRDVersions("v1")
          .generate();
      Path generated = directory.resolve(FILE);
      if (!Files.exists(generated)) {
        throw new IOException("the CRD generator wrote no " + generated);
      }
    }
  }

  private static final class Finish implements CRDPostProcessor {
    @Override
    public HasMetadata process(HasMetadata generated, String crdVersion) {
      var crd = (CustomResourceDefinition) generated;
      crd.getSpec().getNames().setCategories(List.of("emr"));
      CustomResourceDefinitionVersion version = crd.getSpec().getVersions().get(0);
      version.setAdditionalPrinterColumns(
          List.of(
              column("Phase", "string", ".status.phase", 0),
              column("Steps", "string", ".status.progress.summary", 0),
              column("Progress", "string", ".status.progress.display", 0),
              column("Cluster", "string", ".status.cluster.id", 0),
              column("Age", "date", ".metadata.creationTimestamp", 0),
              column("Attempt", "integer", ".status.attempt.number", 1),
              column("Output", "string", ".spec.output.path", 1),
              column("Message", "string", ".status.message", 1)));
      JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
      root.setDescription(
          "One paid piece of work: a spot-backed EMR cluster that runs some analyses and goes away.");
      root.getProperties().get("spec").setDescription("What is asked for.");
      JSONSchemaProps status = root.getProperties().get("status");
      status.setDescription("How far it is.");
      // Before the first write of the operator, kstatus would take an object without status for
      // done.
      status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
      JSONSchemaProps conditions = status.getProperties().get("conditions");
      conditions.setXKubernetesListType("map");
      conditions.setXKubernetesListMapKeys(List.of("type"));
      return crd;
    }

    private static CustomResourceColumnDefinition column(
        String name, String type, String jsonPath, int priority) {
      return new CustomResourceColumnDefinitionBuilder()
          .withName(name)
          .withType(type)
          .withJsonPath(jsonPath)
          .withPriority(priority)
          .build();
    }
  }
}
