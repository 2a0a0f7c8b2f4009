using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mayhem.Functions.Configuration;

/// <summary>Options of one configuration section. Every bad key stops the start, with a sentence that names it.</summary>
internal sealed class ValidatedSettings<T>(IConfigurationSection section, Func<T, IEnumerable<string>> problems) : IConfigureOptions<T>, IValidateOptions<T>
    where T : class, new()
{
    public void Configure(T options) => SettingsReader.Read(section, options);

    public ValidateOptionsResult Validate(string? name, T options)
    {
        string[] found = [.. SettingsReader.Read(section, new T()), .. problems(options)];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }
}

/// <summary>Settings that were read when the app was composed, and are checked when the host starts.</summary>
internal sealed class CheckedSettings<T>(T settings, Func<T, IEnumerable<string>> problems) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        string[] found = [.. problems(settings)];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }
}

/// <summary>Registers validated options.</summary>
internal static class ValidatedSettingsExtensions
{
    /// <summary>Binds a section, and checks it when the host starts.</summary>
    public static void AddSettings<T>(this IServiceCollection services, IConfigurationSection section, Func<T, IEnumerable<string>> problems)
        where T : class, new()
    {
        var settings = new ValidatedSettings<T>(section, problems);
        services.AddSingleton<IConfigureOptions<T>>(settings);
        services.AddSingleton<IValidateOptions<T>>(settings);
        services.AddOptions<T>().ValidateOnStart();
    }

    /// <summary>Registers settings as they are, and checks them when the host starts.</summary>
    public static void AddChecked<T>(this IServiceCollection services, T settings, Func<T, IEnumerable<string>> problems)
        where T : class, new()
    {
        services.AddSingleton(settings);
        services.AddSingleton<IValidateOptions<T>>(new CheckedSettings<T>(settings, problems));
        services.AddOptions<T>().ValidateOnStart();
    }
}
