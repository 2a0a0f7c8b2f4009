using System.Text;
using System.Text.Json;
using Mayhem.Failures;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Tests.Document;

public sealed class ReportJsonTests
{
    private static readonly ReportDocument Report = new()
    {
        Id = "0199a7b2c3d47e5f8091a2b3c4d5e6f7",
        At = new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero),
        Kind = ReportKind.Final,
        Class = FailureClass.Transient,
        Fingerprint = "0011223344556677",
        Exceptions =
        [
            new ReportedException(
                "System.TimeoutException", "no answer", -2146233083, InnerOf: null,
                [new ReportedFrame("Fleet.Restart(String host)", "Mayhem.Fleet", "Mayhem.Local", "Fleet.cs", 17, true, [new ReportedValue("host", "String", "\"web-3\"")], [])],
                []),
        ],
        Domain = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = "web-3" },
    };

    [Fact]
    public void Read_WhatWasWritten_IsTheSameReport()
    {
        var written = ReportJson.Write(Report);

        Assert.Equal(written, ReportJson.Write(ReportJson.Read(written)));
        Assert.Equal("\"web-3\"", ReportJson.Read(written).Exceptions[0].Frames[0].Arguments[0].Value);
    }

    [Fact]
    public void Write_Names_AreThoseOfTheSchema()
    {
        using var json = JsonDocument.Parse(ReportJson.Write(Report));

        Assert.Equal("Final", json.RootElement.GetProperty("kind").GetString());
        Assert.Equal(17, json.RootElement.GetProperty("exceptions")[0].GetProperty("frames")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public void Read_AnotherVersion_SaysSo()
    {
        var newer = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(ReportJson.Write(Report)).Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal));

        Assert.Contains("version 2", Assert.Throws<JsonException>(() => ReportJson.Read(newer)).Message, StringComparison.Ordinal);
    }
}
