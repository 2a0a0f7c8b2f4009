using System.Text;
using System.Text.Unicode;
using Mayhem.DeadLetters.Listing;
using Mayhem.DeadLetters.Messages;
using Mayhem.Messages;
using Spectre.Console;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>One dead letter in full, for people.</summary>
internal static class DlqDetails
{
    /// <summary>Writes it.</summary>
    public static void Write(DeadLetterDetails dead, IAnsiConsole console)
    {
        var summary = dead.Summary;
        Line("Dead letter", $"{summary.SequenceNumber}, {summary.MessageId}");
        Line("Reason", summary.Reason);
        Line("", summary.Description);
        Line("Died", $"{summary.DiedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, accepted {summary.EnqueuedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}");
        Line("Attempts", summary.Attempts == 0 ? null : $"{summary.Attempts}");
        Line("Class", summary.Class);
        Line("Cause", summary.ExceptionType is null ? null : $"{summary.ExceptionType}, fingerprint {summary.Fingerprint}");
        Line("Report", summary.ReportId is null ? null : $"mayhem reports show {summary.ReportId}");
        Line("Session", summary.SessionId);
        Line("Replay of", summary.ReplayOf is null ? null : $"{summary.ReplayOf}, the {summary.ReplayCount}. time, by {dead.ReplayBy}: {dead.ReplayReason}");
        console.WriteLine();
        Line("Body", dead.BodyError is null ? null : $"no request: {dead.BodyError}");
        console.WriteLine(BodyOf(dead.Message.Body.Span));
        if (dead.History.Count > 0)
        {
            console.WriteLine();
            console.WriteLine("Failures");
            foreach (var failure in dead.History)
            {
                var then = failure.DelaySeconds is { } delay ? $", again after {delay:0.#} s" : "";
                console.WriteLine(Terminal.Printable($"  {failure.At.UtcDateTime:HH:mm:ss}  {failure.Class}  {failure.Type}  {failure.Fingerprint}  on {failure.Instance}{then}"));
            }
        }

        var others = dead.Message.Properties.Where(property => !property.Key.StartsWith(MessageProperties.Prefix, StringComparison.Ordinal)).ToList();
        if (others.Count > 0)
        {
            console.WriteLine();
            console.WriteLine("Properties");
            foreach (var (name, value) in others)
                console.WriteLine(Terminal.Printable($"  {name} = {TypedText.Of(value)?.Text ?? value?.ToString()} ({TypedText.Of(value)?.Type})"));
        }

        void Line(string name, string? text)
        {
            if (!string.IsNullOrEmpty(text))
                console.WriteLine($"{name,-12} {Terminal.Printable(text)}");
        }
    }

    private static string BodyOf(ReadOnlySpan<byte> body) => Utf8.IsValid(body) ? Terminal.Printable(Encoding.UTF8.GetString(body)) : $"{body.Length} bytes: {Convert.ToBase64String(body)}";
}
