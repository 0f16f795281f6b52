package dev.emroperator.finance.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.run.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The job as a process of its own, as spark-submit starts it.
 *
 * @param folder for its plan and all that Spark writes
 * @param options of its JVM
 */
record JobProcess(Path folder, List<String> options) {

  Process start(Plan plan, ProcessBuilder.Redirect output) throws IOException {
    Path location = folder.resolve("plan.json");
    new ObjectMapper().writeValue(location.toFile(), plan);
    Path home = folder.resolve("spark");
    // Spark looks into this folder; the classes are given by the class path.
    Files.createDirectories(home.resolve("jars"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+")));
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dspark.local.dir=" + folder.resolve("local"),
            "-Dspark.ui.enabled=false",
            "-Dspark.sql.shuffle.partitions=2",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--plan",
            "file:" + location,
            "--deadline",
            plan.deadline()));
    ProcessBuilder driver = new ProcessBuilder(command).redirectErrorStream(true);
    driver.environment().put("SPARK_HOME", home.toString());
    driver.environment().put("SPARK_SCALA_VERSION", "2.12");
    driver.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return driver.redirectOutput(output).start();
  }
}
