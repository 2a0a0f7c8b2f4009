using System.Globalization;
using System.Text;
using Mayhem.Reporting.Document;
using Mayhem.Reports;

namespace Mayhem.Reporting.Sinks.Syslog;

/// <summary>A report as a syslog message by RFC 5424.</summary>
internal static class SyslogMessage
{
    // 32473 is the number set aside for those without a registered one.
    private const string DataId = "mayhem@32473";

    private const int LongestValue = 200;

    private static readonly string[] DomainData = ["host", "requestId", "messageId", "queue", "attempt"];

    /// <summary>The message.</summary>
    /// <param name="report">The report.</param>
    /// <param name="options">Facility and name of the application.</param>
    /// <param name="machine">The name of this machine.</param>
    /// <param name="longest">The longest message in bytes; the text at its end is cut.</param>
    public static byte[] Of(ReportDocument report, SyslogOptions options, string machine, int longest)
    {
        var priority = (options.Facility * 8) + SeverityOf(report.Kind);
        var time = report.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var header = string.Create(
            CultureInfo.InvariantCulture, $"<{priority}>1 {time} {Visible(machine)} {options.AppName} {Environment.ProcessId} {report.Kind} {Data(report)} ");

        // The byte order mark says that the text is UTF-8.
        return Cut(Encoding.UTF8.GetBytes(header + '\uFEFF' + ReportHeadline.Of(report)), longest);
    }

    private static int SeverityOf(ReportKind kind) => kind switch
    {
        ReportKind.ProcessFatal => 2,
        ReportKind.Final or ReportKind.Unhandled => 3,
        _ => 4,
    };

    private static string Data(ReportDocument report)
    {
        var data = new StringBuilder("[").Append(DataId);
        Add("reportId", report.Id);
        Add("fingerprint", report.Fingerprint);
        Add("class", report.Class.ToString());
        Add("unreported", report.Unreported.ToString(CultureInfo.InvariantCulture));
        if (report.OperationId is { } operation)
            Add("operationId", operation);
        foreach (var name in DomainData)
        {
            if (report.Domain.TryGetValue(name, out var value))
                Add(name, value);
        }

        return data.Append(']').ToString();

        void Add(string name, string value)
        {
            data.Append(' ').Append(name).Append("=\"");
            foreach (var character in value.AsSpan(0, Math.Min(value.Length, LongestValue)))
            {
                if (character is '"' or '\\' or ']')
                    data.Append('\\');
                data.Append(char.IsControl(character) ? ' ' : character);
            }

            data.Append('"');
        }
    }

    private static string Visible(string machine)
    {
        var name = string.Concat(machine.Where(character => character is > ' ' and <= '~'));
        return name.Length == 0 ? "-" : name;
    }

    // Never inside a character.
    private static byte[] Cut(byte[] message, int longest)
    {
        if (message.Length <= longest)
            return message;
        var end = longest;
        while ((message[end] & 0xC0) == 0x80)
            end--;
        return message[..end];
    }
}
