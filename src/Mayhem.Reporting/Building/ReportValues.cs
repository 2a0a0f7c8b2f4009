using Mayhem.FrameCapture;
using Mayhem.Redaction;

namespace Mayhem.Reporting.Building;

/// <summary>How values are shown in reports.</summary>
internal static class ReportValues
{
    // By name: most of them are in packages that not every user of reports has.
    private static readonly HashSet<string> SecretTypes = new(StringComparer.Ordinal)
    {
        "Azure.AzureKeyCredential", "Azure.AzureNamedKeyCredential", "Azure.AzureSasCredential", "Azure.Core.AccessToken", "Azure.Core.TokenCredential",
        "System.Net.NetworkCredential", "System.Net.Http.Headers.AuthenticationHeaderValue", "System.Security.Cryptography.AsymmetricAlgorithm",
        "System.Security.Cryptography.SymmetricAlgorithm", "System.Security.Cryptography.HMAC", "System.Security.Cryptography.X509Certificates.X509Certificate",
    };

    /// <summary>Arguments, locals, data of exceptions.</summary>
    public static ValueFormatter Formatter { get; } = new(new ValueFormat { MaxLength = 2048, MaxItems = 20, RedactText = Redactor.Text, IsSensitiveType = IsSecret });

    /// <summary>The object that a method belongs to: its own fields, without what those are made of.</summary>
    public static ValueFormatter OfThis { get; } = new(new ValueFormat { MaxDepth = 1, MaxLength = 1024, MaxItems = 5, RedactText = Redactor.Text, IsSensitiveType = IsSecret });

    private static bool IsSecret(Type type)
    {
        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            if (level.FullName is { } name && SecretTypes.Contains(name))
                return true;
        }

        return false;
    }
}
