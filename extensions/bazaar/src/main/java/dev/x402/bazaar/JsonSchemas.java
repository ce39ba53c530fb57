package dev.x402.bazaar;

import static java.util.Objects.requireNonNull;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** JSON Schema of Java types. */
public final class JsonSchemas {
    private JsonSchemas() {}

    /**
     * The schema of a type: of a record its components, all required but those that are optional or nullable.
     *
     * @throws IllegalArgumentException when the type refers to itself, or is larger than a declaration may be
     */
    public static Json.Obj of(Type type) {
        requireNonNull(type, "type");
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.INLINE_ALL_SCHEMAS)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forFields().withRequiredCheck(JsonSchemas::isRequired);
        String text;
        try {
            text = new SchemaGenerator(config.build()).generateSchema(type).toString();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IllegalArgumentException(
                    "schema of " + type.getTypeName() + ": expected a type that does not refer to itself", e);
        }
        try {
            return Codec.JSON
                    .read(text.getBytes(StandardCharsets.UTF_8))
                    .cursor()
                    .object();
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException("schema of " + type.getTypeName() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isRequired(FieldScope field) {
        boolean nullable = Arrays.stream(field.getRawMember().getAnnotatedType().getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
        return field.getRawMember().getDeclaringClass().isRecord()
                && !nullable
                && field.getRawMember().getType() != Optional.class;
    }
}
