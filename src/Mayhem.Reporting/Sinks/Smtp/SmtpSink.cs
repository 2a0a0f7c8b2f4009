using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Mayhem.Reporting.Document;

namespace Mayhem.Reporting.Sinks.Smtp;

/// <summary>Mails each report as plain text. The Message-Id holds its id: one that comes twice can be told by it.</summary>
/// <param name="options">Valid options that are on.</param>
/// <param name="text">Makes the text.</param>
public sealed class SmtpSink(SmtpOptions options, Func<ReportDocument, string> text) : IReportSink
{
    /// <inheritdoc />
    public string Name => "smtp";

    /// <inheritdoc />
    public async Task SendAsync(ReportDocument report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var message = new MailMessage
        {
            From = new MailAddress(options.From),
            Subject = "[mayhem] " + ReportHeadline.Of(report),
            SubjectEncoding = Encoding.UTF8,
            Body = text(report),
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        message.Headers.Add("Message-Id", $"<{report.Id}@mayhem>");
        message.Headers.Add("X-Mayhem-Fingerprint", report.Fingerprint);
        foreach (var recipient in options.Recipients())
            message.To.Add(recipient);

        // A connection for each: there are few, and the client can use one for one message at a time.
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.Tls };
        if (!string.IsNullOrEmpty(options.User))
            client.Credentials = new NetworkCredential(options.User, options.Password);
        await client.SendMailAsync(message, cancellationToken);
    }
}
