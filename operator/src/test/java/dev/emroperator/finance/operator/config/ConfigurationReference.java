package dev.emroperator.finance.operator.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.operator.emr.JobFlow.InstanceType;
import dev.emroperator.finance.operator.reference.FieldTable;
import dev.emroperator.finance.operator.reference.FieldTable.Field;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The page that shows every field of the configuration. Defaults are those of records that are made
 * of nothing, and required is what the operator misses in them.
 */
public final class ConfigurationReference {

  /** Where a user puts a name of their own. */
  private static final String NAME = "<name>";

  private static final String TOP =
      """
      # Fields of the configuration

      Every field of the operator's file. This page is written by the build from the code that reads the file;
      [configuration](../configuration.md) shows a whole file and tells what is behind it.

      """;

  private final StringBuilder page = new StringBuilder(TOP);
  private final Set<String> required = required();

  private ConfigurationReference() {}

  /** Writes the page. */
  public static String page() {
    ConfigurationReference reference = new ConfigurationReference();
    reference.section("", OperatorConfig.class);
    return reference.page.toString();
  }

  private void section(String path, Class<?> type) {
    String heading = path.isEmpty() ? "The file" : FieldTable.code(path);
    page.append("## %s\n\n".formatted(heading));
    RecordComponent[] components = type.getRecordComponents();
    Object nothingSet = ofNothing(type);
    List<Field> fields =
        Arrays.stream(components).map(field -> field(path, field, nothingSet)).toList();
    page.append(FieldTable.of(fields)).append("\n");
    for (RecordComponent component : components) {
      Class<?> inner = recordIn(component.getGenericType());
      if (inner != null) {
        section(below(path, component), inner);
      }
    }
  }

  private Field field(String path, RecordComponent component, Object nothingSet) {
    String at = path.isEmpty() ? component.getName() : path + "." + component.getName();
    List<String> constraints = new ArrayList<>();
    if (required.contains(at)) {
      constraints.add("required");
    }
    if (component.getType().isEnum()) {
      constraints.add(
          FieldTable.either(
              Arrays.stream(component.getType().getEnumConstants())
                  .map(ConfigurationReference::word)
                  .toList()));
    }
    return new Field(
        component.getName(),
        type(below(path, component), component.getGenericType()),
        defaultOf(valueOf(component, nothingSet)),
        String.join("; ", constraints),
        description(component));
  }

  /** Path of what a field holds; where it is a map, of what stands under each name. */
  private static String below(String path, RecordComponent component) {
    String at = path.isEmpty() ? component.getName() : path + "." + component.getName();
    return component.getType() == Map.class ? at + "." + NAME : at;
  }

  /** What the record's author says of a component; empty when nothing. */
  static String description(RecordComponent component) {
    JsonPropertyDescription said =
        component.getAccessor().getAnnotation(JsonPropertyDescription.class);
    return said == null ? "" : said.value();
  }

  private static String type(String path, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String one = type(path, arguments[arguments.length - 1]);
      return (generic.getRawType() == Map.class ? "map: " : "list: ") + one;
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return FieldTable.link("object", path);
    }
    if (plain == Boolean.class) {
      return "boolean";
    }
    boolean isWhole = plain == Integer.class || plain == int.class;
    return isWhole ? "integer" : plain == Double.class ? "number" : "string";
  }

  /** The record in a component's type, itself or in a list or map; null where there is none. */
  static Class<?> recordIn(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return recordIn(arguments[arguments.length - 1]);
    }
    Class<?> plain = (Class<?>) type;
    return plain.isRecord() ? plain : null;
  }

  private static String defaultOf(Object value) {
    boolean isNone =
        value == null
            || value.getClass().isRecord()
            || value instanceof Collection<?>
            || value instanceof Map<?, ?>
            || value.equals(0);
    return isNone ? "" : word(value);
  }

  private static String word(Object value) {
    if (value instanceof Enum<?> constant) {
      try {
        var named = value.getClass().getField(constant.name()).getAnnotation(JsonProperty.class);
        return named.value();
      } catch (NoSuchFieldException e) {
        throw new IllegalStateException(e);
      }
    }
    return value.toString();
  }

  private static Object valueOf(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component.toString(), e);
    }
  }

  /** A record of which nothing is set. */
  private static Object ofNothing(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      Object[] nothing =
          Arrays.stream(constructor.getParameterTypes())
              .map(parameter -> parameter.isPrimitive() ? (Object) 0 : null)
              .toArray();
      return constructor.newInstance(nothing);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.toString(), e);
    }
  }

  /** The fields that the operator says it misses when nothing is set. */
  static Set<String> required() {
    Problems problems = new Problems();
    new OperatorConfig(null, null, null, null, null, null).check(problems);
    String at = "environments." + NAME;
    ((Environment) ofNothing(Environment.class)).check(at, problems);
    environment((Environment.InstanceTypes) ofNothing(Environment.InstanceTypes.class))
        .check(at, problems);
    List<InstanceType> unnamed = List.of((InstanceType) ofNothing(InstanceType.class));
    environment(new Environment.InstanceTypes(unnamed, unnamed, unnamed)).check(at, problems);
    return problems.found().stream()
        .map(problem -> problem.substring(0, problem.indexOf(' ')))
        .filter(field -> !Objects.equals(field, at))
        .collect(Collectors.toSet());
  }

  private static Environment environment(Environment.InstanceTypes instanceTypes) {
    return new Environment(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        instanceTypes,
        (Environment.Fence) ofNothing(Environment.Fence.class),
        null,
        null,
        null,
        null);
  }
}
