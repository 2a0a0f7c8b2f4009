using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mayhem.FrameCapture;
using Mayhem.Observation;
using Mayhem.Recovery;
using Mayhem.Reporting.Building;
using Mayhem.Reporting.Document;
using Mayhem.Reporting.Text;
using Mayhem.Reports;
using Mayhem.Testing;
using Microsoft.Extensions.Logging;

namespace Mayhem.Reporting.Tests.Building;

/// <summary>A secret in any shape, in any place of a failure, is in no place of its report.</summary>
public sealed class PlantedSecretsTests
{
    private const string Secret = "Pl4nt3dS3cr3tV4lu3";

    private static readonly string[] Shapes =
    [
        $"Server=db;User Id=sa;Password={Secret};Encrypt=true",
        $"Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={Secret}=",
        $"https://a.blob.core.windows.net/c?sv=1&sig={Secret}%3D&se=2",
        $"Authorization: Bearer {Secret}",
        $"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI{Secret}.{Secret}",
        $"-----BEGIN PRIVATE KEY-----\n{Secret}\n-----END PRIVATE KEY-----",
        $"amqps://user:{Secret}@host:5671",
    ];

    private readonly ReportDocuments documents = new(new ProcessState(new InFlightMessages(), TimeProvider.System));

    private enum Place
    {
        Message,
        InnerMessage,
        OwnProperty,
        OwnPropertyByName,
        SensitiveProperty,
        Data,
        DataByName,
        Domain,
        DomainByName,
        History,
        Breadcrumb,
        OperationId,
    }

    [Fact]
    public void ASecret_InAnyShapeAndPlace_IsNowhereInTheReport()
    {
        var cases = from place in Gen.Elements(Enum.GetValues<Place>())
                    from shape in Gen.Elements(Shapes)
                    from around in Gen.Elements("", "web-3 ", "request 2026-11-20-0042: ")
                    from length in Gen.Choose(0, 9000)
                    select (place, text: around + new string('.', length) + " " + shape);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var document = documents.Of(Planted(one.place, one.text), 0);
            var written = Encoding.UTF8.GetString(ReportJson.Write(document)) + ReportText.Of(document);
            return !written.Contains("Pl4nt3d", StringComparison.Ordinal);
        }));
    }

    private static ExceptionReport Planted(Place place, string text)
    {
        var secretByName = $"Pl4nt3d {text}";
        var exception = new TellingException(place == Place.Message ? text : "it failed", new IOException(place == Place.InnerMessage ? text : "inner"))
        {
            Setting = place == Place.OwnProperty ? text : null,
            ApiKey = place == Place.OwnPropertyByName ? secretByName : null,
            Marked = place == Place.SensitiveProperty ? secretByName : null,
        };
        if (place == Place.Data)
            exception.Data["setting"] = text;
        if (place == Place.DataByName)
            exception.Data["clientSecret"] = secretByName;
        var domain = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = "web-3" };
        if (place == Place.Domain)
            domain["reason"] = text;
        if (place == Place.DomainByName)
            domain["password"] = secretByName;
        return SomeReport.Of(exception) with
        {
            Domain = domain,
            OperationId = place == Place.OperationId ? text : null,
            History = place == Place.History ? FailureHistory.Append(null, new FailureHistoryEntry(text, text, text, SomeReport.At, text, null)) : null,
            Trail = place == Place.Breadcrumb ? TrailWith(text) : null,
        };
    }

    private static LogTrail TrailWith(string text)
    {
        using var provider = new TrailLoggerProvider(new ManualTimeProvider());
        var trail = LogTrail.Begin();
        provider.CreateLogger("Fleet").LogInformation("{Text}", text);
        return trail;
    }

    private sealed class TellingException(string message, Exception inner) : Exception(message, inner)
    {
        public string? Setting { get; init; }

        public string? ApiKey { get; init; }

        [Sensitive]
        public string? Marked { get; init; }
    }
}
