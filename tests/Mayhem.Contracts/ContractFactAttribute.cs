namespace Mayhem.Contracts;

/// <summary>A test of a contract: skipped where the implementation needs something that is not there, as <see cref="Needs"/> says.</summary>
public sealed class ContractFactAttribute : FactAttribute
{
    public ContractFactAttribute() => Skip = Needs.SkipReason!;
}

/// <summary>As <see cref="ContractFactAttribute"/>, with data.</summary>
public sealed class ContractTheoryAttribute : TheoryAttribute
{
    public ContractTheoryAttribute() => Skip = Needs.SkipReason!;
}

/// <summary>What the tests of a project need: an environment variable, named in the project by a <c>RuntimeHostConfigurationOption</c> with this type's full name.</summary>
public static class Needs
{
    /// <summary>Why the tests are skipped; null if they are not.</summary>
    public static string? SkipReason { get; } = Variable is { } variable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable))
        ? $"{variable} is not set: 'bash tests/run' installs and starts what it leads to, and sets it."
        : null;

    private static string? Variable => AppContext.GetData("Mayhem.Contracts.Needs") as string;
}
