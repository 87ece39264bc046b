"""Rasa 3.6.21 without TensorFlow: half the start time and half the memory of the bot process.

Rasa imports every component it ships before it reads config.yml. Ours needs none that runs on TensorFlow, so its
default components are replaced by the few we name, and `tensorflow` by a placeholder that only ever stands in type
hints and base classes. Import this module before `rasa`; `install()` refuses any other version of Rasa.
"""

import importlib.abc
import importlib.machinery
import importlib.metadata
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, ClassVar

RASA_VERSION = "3.6.21"
_ABSENT = ("tensorflow", "tensorflow_hub", "keras", "matplotlib", "boto3", "botocore", "kafka", "confluent_kafka")
_TRUSTED_ESTIMATORS = ("sklearn.linear_model._logistic.LogisticRegression",)
_COMPONENTS = "rasa.engine.recipes.default_components"


class TensorFlowIsAbsent(RuntimeError):
    """Something tried to use a library that the bot process leaves out."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is left out of this process (bot/lean_rasa.py). Which component of config.yml needs it?")


class _Name(type):
    """Answers every name with itself, as a module full of classes would."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls

    def __or__(cls, other: object) -> Any:
        return cls


class _Placeholder(Exception, metaclass=_Name):
    """Stands for any class of an absent library: may be subclassed, annotated and caught, never made."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and callable(args[0]) and not kwargs:
            return args[0]  # used as a bare decorator
        raise TensorFlowIsAbsent(cls.__name__)

    def __class_getitem__(cls, _: object) -> Any:
        return cls


class _AbsentModule(ModuleType):
    __path__: ClassVar[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Name(f"{self.__name__}.{name}", (_Placeholder,), {})


class _Absentees(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        if name.split(".")[0] in _ABSENT:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the module answers every name with the placeholder."""


def install() -> None:
    """Make the next `import rasa…` lean. Raises RuntimeError for another version of Rasa, or if it comes too late."""
    found = importlib.metadata.version("rasa")
    if found != RASA_VERSION:
        raise RuntimeError(f"bot/lean_rasa.py holds for Rasa {RASA_VERSION}, found {found}: check it against the new one.")
    if _COMPONENTS in sys.modules:
        raise RuntimeError("rasa is imported already: call bot.lean_rasa.install() first.")
    sys.meta_path.insert(0, _Absentees())
    sys.modules["torch"] = None  # type: ignore[assignment]  # thinc, under spaCy, would load it and do without
    sys.modules["skops.io._trusted_types"] = _trusted_types()
    components = ModuleType(_COMPONENTS)
    components.__getattr__ = _default_components  # type: ignore[method-assign]
    sys.modules[_COMPONENTS] = components


def _trusted_types() -> ModuleType:
    """What skops may make of a model file: what ours holds. Its own list imports all of scikit-learn and SciPy, in 2 s."""
    import numpy as np

    trusted = ModuleType("skops.io._trusted_types")
    dtypes = {kind for kinds in np.sctypes.values() for kind in kinds if kind.__module__ == "numpy"}
    trusted.__dict__.update(
        PRIMITIVE_TYPE_NAMES=[f"builtins.{name}" for name in ("int", "float", "str", "bool")],
        NUMPY_DTYPE_TYPE_NAMES=sorted(f"numpy.{kind.__name__}" for kind in dtypes),
        SKLEARN_ESTIMATOR_TYPE_NAMES=list(_TRUSTED_ESTIMATORS),
        NUMPY_UFUNC_TYPE_NAMES=[],
        SCIPY_UFUNC_TYPE_NAMES=[],
    )
    return trusted


def _default_components(name: str) -> Any:
    if name != "DEFAULT_COMPONENTS":
        raise AttributeError(name)
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
    from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
    from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer

    return [CountVectorsFeaturizer, LogisticRegressionClassifier, FallbackClassifier, RulePolicy]
