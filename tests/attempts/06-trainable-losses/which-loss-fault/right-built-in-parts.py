loss, noise = "loss-{}", ["log_noise"]
diagnoses = dict(
    E=dict(variables=["strength"], fault="unbounded-loss-parameter"),
    D=dict(variables=["encoder/kernel"], fault="ignored-layer-losses"),
    C=dict(variables=[], fault="none"),
)
diagnoses["A"] = dict(fault=loss.format("parameter-missing"), variables=noise)
diagnoses["B"] = dict(fault=loss.format("rebuilt-each-step"), variables=noise)
