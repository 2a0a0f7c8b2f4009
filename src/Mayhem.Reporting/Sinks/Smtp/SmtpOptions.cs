using System.Net.Mail;

namespace Mayhem.Reporting.Sinks.Smtp;

/// <summary>Reports by e-mail. Bound from <c>Mayhem:Reports:Smtp</c>; off without a host.</summary>
public sealed class SmtpOptions
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(7);

    /// <summary>The server that takes e-mail. Off without it.</summary>
    public string? Host { get; set; }

    /// <summary>Its port, 1 to 65535; 587 by default.</summary>
    public int Port { get; set; } = 587;

    /// <summary>True insists on TLS (STARTTLS); the default. False sends in the clear.</summary>
    public bool Tls { get; set; } = true;

    /// <summary>The user to log in as; null, the default, does not log in.</summary>
    public string? User { get; set; }

    /// <summary>The user's password.</summary>
    public string? Password { get; set; }

    /// <summary>The address that e-mail comes from. Required with a host.</summary>
    public string From { get; set; } = "";

    /// <summary>The addresses that e-mail goes to, separated by commas. Required with a host.</summary>
    public string To { get; set; } = "";

    /// <summary>How long after an e-mail no other is sent for the same fingerprint; 15 min by default, 0 to 7 days.</summary>
    public TimeSpan MinimumInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The kinds of reports that are mailed; what a person has to look at by default.</summary>
    public string Kinds { get; set; } = ReportKinds.WorthALook;

    /// <summary>How long sending an e-mail may take; 30 s by default, more than 0 and at most 5 min.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>True if it is to be used.</summary>
    public bool IsOn => !string.IsNullOrEmpty(Host);

    /// <summary>What is wrong with the values, one sentence each that begins with the name of the option. Never holds a secret.</summary>
    public IEnumerable<string> Problems()
    {
        if (Port is < 1 or > 65535)
            yield return $"{nameof(Port)} is {Port}; allowed is 1 to 65535.";
        if (IsOn && !MailAddress.TryCreate(From, out _))
            yield return $"{nameof(From)} is '{From}'; give the e-mail address that reports come from.";
        if (IsOn && (Recipients().Count == 0 || !Recipients().All(address => MailAddress.TryCreate(address, out _))))
            yield return $"{nameof(To)} is '{To}'; give the e-mail addresses that reports go to, separated by commas.";
        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
            yield return $"{nameof(User)} and {nameof(Password)} belong together: give both, or none to send without logging in.";
        if (!string.IsNullOrEmpty(Password) && !Tls)
            yield return $"{nameof(Tls)} is false, and a password would be sent in the clear: leave {nameof(Tls)} out, or {nameof(User)} and {nameof(Password)}.";
        if (MinimumInterval < TimeSpan.Zero || MinimumInterval > LongestInterval)
            yield return $"{nameof(MinimumInterval)} is '{MinimumInterval}'; allowed is 0 to {LongestInterval}.";
        if (ReportKinds.Problem(nameof(Kinds), Kinds) is { } wrong)
            yield return wrong;
        if (SinkLimits.Problem(nameof(TimeLimit), TimeLimit) is { } limit)
            yield return limit;
    }

    /// <summary>The addresses of <see cref="To"/>.</summary>
    public IReadOnlyList<string> Recipients() => To.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
