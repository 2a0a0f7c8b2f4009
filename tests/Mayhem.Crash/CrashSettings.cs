using System.Globalization;
using System.Security.Cryptography;

namespace Mayhem.Crash;

/// <summary>How much to kill, and by which chance: from the environment, for long runs and to repeat one that failed.</summary>
internal static class CrashSettings
{
    private const string KillsVariable = "MAYHEM_CRASH_KILLS";
    private const string SeedVariable = "MAYHEM_CRASH_SEED";

    /// <summary>How often to kill at random: <c>MAYHEM_CRASH_KILLS</c>, or what suits every build.</summary>
    public static int Kills { get; } = Read(KillsVariable) ?? 120;

    /// <summary>What decides everything that is left to chance: <c>MAYHEM_CRASH_SEED</c>, or a new one.</summary>
    public static int Seed { get; } = Read(SeedVariable) ?? RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>How to repeat this run.</summary>
    public static string Repeat => $"To repeat: {SeedVariable}={Seed} {KillsVariable}={Kills} dotnet test tests/Mayhem.Crash";

    private static int? Read(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new InvalidOperationException($"{variable} is '{text}'; give a whole number from 1.");
    }
}
