using Mayhem.Diagnosis;

namespace Mayhem.Cli.DoctorCommand;

/// <summary>Carries out <c>mayhem doctor</c>.</summary>
internal static class DoctorRun
{
    /// <summary>Checks, and tells what does not fit.</summary>
    /// <returns><see cref="ExitCodes.Success"/>, or <see cref="ExitCodes.Usage"/> if there are errors, or warnings where those fail too.</returns>
    /// <exception cref="UsageException">The queue's properties cannot be read.</exception>
    public static async Task<int> RunAsync(DoctorOptions options)
    {
        var findings = await Examination.RunAsync(options);
        if (options.Json)
        {
            foreach (var finding in findings)
                await Console.Out.WriteLineAsync(FindingLine.ToJson(finding));
        }
        else
        {
            FindingList.Write(findings, Terminal.Output());
        }
        var fails = options.Strict ? Severity.Warning : Severity.Error;
        return findings.Any(finding => finding.Severity >= fails) ? ExitCodes.Usage : ExitCodes.Success;
    }
}
