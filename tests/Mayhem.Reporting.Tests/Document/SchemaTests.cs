using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Tests.Document;

/// <summary>The published schema and the documents that are written, compared both ways.</summary>
public sealed class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "exception-report.schema.json")))!.AsObject();

    [Fact]
    public void Schema_HasWhatTheProgramWrites_AndNothingElse()
    {
        var compared = new HashSet<Type>();

        Compare(Schema, ReportJsonContext.Default.ReportDocument, compared);

        Assert.Equal(compared.Count - 1, Schema["$defs"]!.AsObject().Count);
        Assert.Equal(ReportDocument.CurrentVersion, Schema["properties"]!["version"]!["const"]!.GetValue<int>());
    }

    [Fact]
    public void Documents_MatchTheSchema()
    {
        var exception = Assert.Throws<InvalidOperationException>(Throw);
        exception.Data["queue"] = "restarts";
        var trail = LogTrail.Begin();
        trail.Add(new LogLine(SomeReport.At, Microsoft.Extensions.Logging.LogLevel.Warning, "Fleet", "web-3 is slow"));
        var report = SomeReport.Of(exception) with
        {
            OperationId = "0af7651916cd43dd8448eb211c80319c",
            Domain = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = "web-3" },
            History = FailureHistory.Append(null, new FailureHistoryEntry("Transient", "System.TimeoutException", "aa", SomeReport.At, "vm/1", 1.5)),
            Trail = trail,
        };
        var document = new ReportDocuments(new ProcessState(new InFlightMessages(), TimeProvider.System)).Of(report, 3);

        Assert.Empty(Mismatches("report", JsonNode.Parse(ReportJson.Write(document)), Schema));
        Assert.NotEmpty(document.Exceptions[0].Frames);
        Assert.NotEmpty(document.Exceptions[0].Properties);
        Assert.True(document is { History: [_], Breadcrumbs: [_], Process: not null });
    }

    [Theory]
    [InlineData("kind", "\"Lost\"", "report.kind is not one of")]
    [InlineData("unreported", "\"many\"", "report.unreported is no integer")]
    [InlineData("fingerprint", null, "report.fingerprint is missing")]
    public void Mismatches_OfAWrongDocument_AreFound(string property, string? value, string mismatch)
    {
        var document = JsonNode.Parse(ReportJson.Write(new ReportDocuments(new ProcessState(new InFlightMessages(), TimeProvider.System)).Of(SomeReport.Of(new IOException()), 0)))!.AsObject();
        if (value is null)
            document.Remove(property);
        else
            document[property] = JsonNode.Parse(value);

        Assert.StartsWith(mismatch, Assert.Single(Mismatches("report", document, Schema)), StringComparison.Ordinal);
    }

    private static void Throw()
    {
        try
        {
            throw new IOException("no disk");
        }
        catch (IOException inner)
        {
            throw new InvalidOperationException("it failed", inner);
        }
    }

    private static void Compare(JsonObject schema, JsonTypeInfo info, HashSet<Type> compared)
    {
        if (!compared.Add(info.Type))
            return;
        Assert.Equal("object", schema["type"]!.GetValue<string>());
        Assert.Equal(info.Properties.Select(property => property.Name).Order(StringComparer.Ordinal), Names(schema["properties"]));
        Assert.Equal(
            info.Properties.Where(property => !IsNullable(property)).Select(property => property.Name).Order(StringComparer.Ordinal),
            schema["required"]!.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal));
        foreach (var property in info.Properties)
            CompareValue($"{info.Type.Name}.{property.Name}", schema["properties"]![property.Name]!.AsObject(), info.Options.GetTypeInfo(property.PropertyType), compared);
    }

    private static void CompareValue(string where, JsonObject schema, JsonTypeInfo info, HashSet<Type> compared)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        Assert.True(schema.ContainsKey("description") || schema.ContainsKey("$ref") || schema.ContainsKey("type"), where);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                Compare(Resolve(schema), info, compared);
                break;
            case JsonTypeInfoKind.Enumerable:
                Assert.Equal("array", schema["type"]!.GetValue<string>());
                CompareValue(where, schema["items"]!.AsObject(), info.Options.GetTypeInfo(info.ElementType!), compared);
                break;
            case JsonTypeInfoKind.Dictionary:
                Assert.Equal(("object", "string"), (schema["type"]!.GetValue<string>(), schema["additionalProperties"]!["type"]!.GetValue<string>()));
                break;
            default:
                Assert.Equal((where, TypeName(type)), (where, schema["type"]!.GetValue<string>()));
                Assert.Equal(type == typeof(DateTimeOffset) ? "date-time" : null, schema["format"]?.GetValue<string>());
                if (type.IsEnum)
                    Assert.Equal(Enum.GetNames(type).Order(StringComparer.Ordinal), schema["enum"]!.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal));
                break;
        }
    }

    private static IEnumerable<string> Mismatches(string where, JsonNode? value, JsonObject schema)
    {
        schema = Resolve(schema);
        var type = schema["type"]!.GetValue<string>();
        if (!Fits(value, type))
            return [$"{where} is no {type}: {value}"];
        if (schema["enum"] is JsonArray names && !names.Any(name => name!.GetValue<string>() == value!.GetValue<string>()))
            return [$"{where} is not one of {names.ToJsonString()}: {value}"];
        return value switch
        {
            JsonArray items => items.SelectMany((item, index) => Mismatches($"{where}[{index}]", item, schema["items"]!.AsObject()))
                .Concat(schema["maxItems"]?.GetValue<int>() < items.Count ? [$"{where} has {items.Count} items"] : []),
            JsonObject members => MismatchesOfMembers(where, members, schema),
            _ => [],
        };
    }

    private static IEnumerable<string> MismatchesOfMembers(string where, JsonObject members, JsonObject schema)
    {
        foreach (var name in schema["required"]?.AsArray() ?? [])
        {
            if (!members.ContainsKey(name!.GetValue<string>()))
                yield return $"{where}.{name} is missing";
        }

        foreach (var (name, member) in members)
        {
            if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is not JsonObject expected)
                yield return $"{where}.{name} is not in the schema";
            else
                foreach (var mismatch in Mismatches($"{where}.{name}", member, expected))
                    yield return mismatch;
        }
    }

    private static bool Fits(JsonNode? value, string type) => (value?.GetValueKind(), type) switch
    {
        (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.String, "string") or (JsonValueKind.Number, "number") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") => true,
        (JsonValueKind.Number, "integer") => value!.AsValue().TryGetValue<long>(out _),
        _ => false,
    };

    private static JsonObject Resolve(JsonObject schema) =>
        schema["$ref"] is { } reference ? Schema["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]!.AsObject() : schema;

    private static bool IsNullable(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsGetNullable;

    private static IEnumerable<string> Names(JsonNode? properties) => properties!.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal);

    private static string TypeName(Type type)
    {
        if (type == typeof(bool))
            return "boolean";
        if (type == typeof(int) || type == typeof(long))
            return "integer";
        return type == typeof(double) ? "number" : "string";
    }
}
